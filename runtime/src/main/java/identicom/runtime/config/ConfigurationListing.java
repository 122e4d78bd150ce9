package identicom.runtime.config;

import java.util.Map;
import java.util.TreeMap;

/** Every key with default, doc and present value, as a properties file that could be used as it stands. */
public final class ConfigurationListing {
    private ConfigurationListing() {}

    /** The listing's text. A secret's value is not in it. */
    public static String of(Configuration configuration) {
        StringBuilder text = new StringBuilder();
        for (Key<?> key : new TreeMap<>(byName(configuration)).values()) {
            append(text, key, configuration.given());
        }
        return text.toString();
    }

    private static Map<String, Key<?>> byName(Configuration configuration) {
        Map<String, Key<?>> keys = new TreeMap<>();
        configuration.keys().forEach(key -> keys.put(key.name(), key));
        return keys;
    }

    private static void append(StringBuilder text, Key<?> key, Map<String, String> given) {
        text.append("# ").append(key.doc()).append('\n');
        text.append("# default: ")
                .append(defaultOf(key))
                .append("; environment: ")
                .append(key.variable());
        text.append(key.isFamily() ? "…\n" : "\n");
        if (key.isFamily()) {
            new TreeMap<>(given).forEach((name, value) -> {
                if (name.startsWith(key.memberPrefix())) {
                    line(text, name, Key.isSecretMember(name) ? "***" : value);
                }
            });
        } else if (given.containsKey(key.name())) {
            line(text, key.name(), key.secret() ? "***" : given.get(key.name()));
        } else {
            text.append("# ")
                    .append(key.name())
                    .append('=')
                    .append(defaultValue(key))
                    .append('\n');
        }
        text.append('\n');
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(name).append('=').append(value).append('\n');
    }

    private static String defaultOf(Key<?> key) {
        String value = key.defaultText();
        if (value == null) {
            return "none, required";
        }
        return value.isEmpty() ? "none" : value;
    }

    private static String defaultValue(Key<?> key) {
        String value = key.defaultText();
        return value == null ? "" : value;
    }
}
