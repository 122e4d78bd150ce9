package identicom.runtime.config;

import java.util.List;

/** Everything that is wrong with a configuration. The process ends with exit code 2. */
public final class ConfigurationException extends Exception {
    private final List<String> problems;

    public ConfigurationException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** One line for each problem, without any secret. */
    public List<String> problems() {
        return problems;
    }
}
