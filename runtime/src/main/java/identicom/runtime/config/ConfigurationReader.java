package identicom.runtime.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Collects the texts that were given, and every problem with them. Confined to one thread. */
final class ConfigurationReader {
    private static final String SERVICE_LINK =
            " This looks like a Kubernetes service link; set enableServiceLinks: false in the pod's spec.";

    private final Map<String, Key<?>> known = new LinkedHashMap<>();
    private final Map<String, Key<?>> others = new LinkedHashMap<>();
    private final Map<String, String> given = new TreeMap<>();
    private final Map<String, String> sources = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    /** What was read without a problem. */
    record Values(List<Key<?>> known, Map<String, String> given, Map<String, Object> parsed) {}

    ConfigurationReader(Collection<Key<?>> known, Collection<Key<?>> others) {
        known.forEach(key -> this.known.put(key.name(), key));
        others.forEach(key -> this.others.put(key.name(), key));
    }

    void file(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            problems.add("configuration file " + file + ": cannot be read ("
                    + e.getClass().getSimpleName() + ": " + e.getMessage() + ")");
            return;
        }
        properties
                .stringPropertyNames()
                .forEach(name -> entry(name, properties.getProperty(name), name + " in " + file));
    }

    void entries(Map<String, String> values) {
        values.forEach((name, text) -> entry(name, text, name));
    }

    private void entry(String name, String text, String source) {
        if (find(known, name) != null) {
            given.put(name, text.strip());
            sources.put(name, source);
        } else if (find(others, name) == null) {
            problems.add(source + ": no such key"
                    + NearName.of(name, names())
                            .map(near -> "; did you mean " + near + "?")
                            .orElse(""));
        }
    }

    void environment(Map<String, String> environment) {
        new TreeMap<>(environment).forEach((variable, text) -> {
            if (variable.startsWith("IDENTICOM_")) {
                variable(variable, text);
            }
        });
    }

    private void variable(String variable, String text) {
        String name = nameOf(known, variable);
        if (name != null) {
            given.put(name, text.strip());
            sources.put(name, variable);
        } else if (nameOf(others, variable) == null) {
            problems.add(
                    variable + ": no such key" + (isServiceLink(variable, text) ? ";" + SERVICE_LINK : near(variable)));
        }
    }

    private String near(String variable) {
        Map<String, Key<?>> byVariable = new HashMap<>();
        known.values().forEach(key -> byVariable.put(key.variable(), key));
        return NearName.of(variable, byVariable.keySet())
                .map(near -> "; did you mean " + near + "?")
                .orElse("");
    }

    private static boolean isServiceLink(String variable, String text) {
        return text.startsWith("tcp://")
                || text.startsWith("udp://")
                || variable.contains("_SERVICE_")
                || variable.matches("IDENTICOM_.*_PORT_\\d+_(TCP|UDP).*");
    }

    private static @Nullable Key<?> find(Map<String, Key<?>> keys, String name) {
        Key<?> key = keys.get(name);
        if (key != null && !key.isFamily()) {
            return key;
        }
        return family(keys, name).orElse(null);
    }

    private static Optional<Key<?>> family(Map<String, Key<?>> keys, String name) {
        for (Key<?> key : keys.values()) {
            if (key.isFamily()
                    && name.startsWith(key.memberPrefix())
                    && name.length() > key.memberPrefix().length()) {
                return Optional.of(key);
            }
        }
        return Optional.empty();
    }

    private static @Nullable String nameOf(Map<String, Key<?>> keys, String variable) {
        for (Key<?> key : keys.values()) {
            if (!key.isFamily() && key.variable().equals(variable)) {
                return key.name();
            }
        }
        for (Key<?> key : keys.values()) {
            String prefix = key.variable();
            if (key.isFamily() && variable.startsWith(prefix) && variable.length() > prefix.length()) {
                return key.memberPrefix()
                        + variable.substring(prefix.length())
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '.');
            }
        }
        return null;
    }

    private List<String> names() {
        List<String> names = new ArrayList<>(known.keySet());
        names.addAll(others.keySet());
        return names;
    }

    Values values() throws ConfigurationException {
        Map<String, Object> parsed = new HashMap<>();
        for (Key<?> key : known.values()) {
            if (key.isFamily()) {
                parsed.put(key.name(), members(key));
            } else {
                parse(key, parsed);
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return new Values(List.copyOf(known.values()), Map.copyOf(given), Map.copyOf(parsed));
    }

    private Map<String, String> members(Key<?> family) {
        Map<String, String> members = new TreeMap<>();
        given.forEach((name, text) -> {
            if (find(known, name) == family) {
                members.put(name.substring(family.memberPrefix().length()), text);
            }
        });
        return Map.copyOf(members);
    }

    private void parse(Key<?> key, Map<String, Object> parsed) {
        String text = given.get(key.name());
        String source = sources.getOrDefault(key.name(), key.name());
        if (text == null) {
            text = key.defaultText();
        }
        if (text == null) {
            problems.add(key.name() + ": missing (" + key.doc() + "); set it in the file or as " + key.variable());
            return;
        }
        try {
            parsed.put(key.name(), key.parser().parse(text));
        } catch (IllegalArgumentException e) {
            String was = key.secret() ? "the value given" : text;
            problems.add(source + ": " + was + " (expected: " + e.getMessage() + ")"
                    + (text.startsWith("tcp://") ? SERVICE_LINK : ""));
        }
    }
}
