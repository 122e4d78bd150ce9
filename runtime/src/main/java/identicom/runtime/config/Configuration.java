package identicom.runtime.config;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All values that a process was started with: a properties file's, over it the environment's. Immutable. */
public final class Configuration {
    private final ConfigurationReader.Values values;

    private Configuration(ConfigurationReader.Values values) {
        this.values = values;
    }

    /**
     * The values of {@code known} keys.
     *
     * @param file a properties file, or null
     * @param environment of the process; only variables that begin with {@code IDENTICOM_} are looked at
     * @throws ConfigurationException with everything that is wrong
     */
    public static Configuration load(@Nullable Path file, Map<String, String> environment, Collection<Key<?>> known)
            throws ConfigurationException {
        return load(file, environment, known, List.of());
    }

    /**
     * As {@link #load(Path, Map, Collection)}; keys of {@code others} are allowed to stand in the file and in the environment and are
     * not read, so that processes can share one file.
     */
    public static Configuration load(
            @Nullable Path file, Map<String, String> environment, Collection<Key<?>> known, Collection<Key<?>> others)
            throws ConfigurationException {
        ConfigurationReader reader = new ConfigurationReader(known, others);
        if (file != null) {
            reader.file(file);
        }
        reader.environment(environment);
        return new Configuration(reader.values());
    }

    /**
     * The given values, for tests and for processes inside a process.
     *
     * @throws IllegalArgumentException with everything that is wrong
     */
    public static Configuration of(Map<String, String> values, Collection<Key<?>> known) {
        ConfigurationReader reader = new ConfigurationReader(known, List.of());
        reader.entries(values);
        try {
            return new Configuration(reader.values());
        } catch (ConfigurationException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /**
     * The value of {@code key}.
     *
     * @throws IllegalArgumentException the key is not among those that this configuration was loaded for
     */
    @SuppressWarnings("unchecked")
    public <T> T get(Key<T> key) {
        Object value = values.parsed().get(key.name());
        if (value == null) {
            throw new IllegalArgumentException(key.name() + " is not among the keys of this process");
        }
        return (T) value;
    }

    /**
     * The value of the key of that name as its type prints it, for a reader that knows the name alone.
     *
     * @throws IllegalArgumentException the name is not among those that this configuration was loaded for
     */
    public String text(String name) {
        Object value = values.parsed().get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is not among the keys of this process");
        }
        return value.toString();
    }

    /** The secrets that were given, so that they can be taken out of what others say. */
    public Set<String> secrets() {
        return given().entrySet().stream()
                .filter(entry -> isSecret(entry.getKey()) && !entry.getValue().isEmpty())
                .map(Map.Entry::getValue)
                .collect(Collectors.toSet());
    }

    private boolean isSecret(String name) {
        return keys().stream()
                .filter(key -> key.name().equals(name))
                .map(Key::secret)
                .findFirst()
                .orElseGet(() -> Key.isSecretMember(name));
    }

    /** This configuration with {@code replaced} in place of what it had for those keys. */
    public Configuration with(Map<String, String> replaced) {
        Map<String, String> texts = new HashMap<>(values.given());
        texts.putAll(replaced);
        return of(texts, values.known());
    }

    /** The keys that this configuration was loaded for. */
    public List<Key<?>> keys() {
        return values.known();
    }

    /** Whether a value was given for the key of that name; false when it is left at its default. */
    public boolean has(String name) {
        return values.given().containsKey(name);
    }

    /** The texts that were given, by key name; keys left at their default are absent. Secrets included. */
    Map<String, String> given() {
        return values.given();
    }
}
