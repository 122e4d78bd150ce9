package identicom.standalone.command;

import identicom.runtime.config.Configuration;
import identicom.runtime.config.ConfigurationException;
import identicom.runtime.kafka.Clusters;
import identicom.runtime.kafka.TopicAdmin;
import identicom.schema.Migrations;
import identicom.standalone.process.NotReadyException;
import identicom.standalone.process.ProcessKeys;
import java.util.ArrayList;
import java.util.List;

/** What a command cannot do without. Collects everything that is missing, so that it is said at once. */
final class Required {
    private final Configuration configuration;
    private final List<String> problems = new ArrayList<>();

    Required(Configuration configuration) {
        this.configuration = configuration;
        try {
            Clusters.from(configuration);
        } catch (ConfigurationException e) {
            problems.addAll(e.problems());
        }
    }

    /** What {@code database.ROLE.password} says; empty where nothing does, which is a problem then. */
    String password(String role) {
        return needed(role, "password");
    }

    /** The login of the owner of all schemas. */
    Migrations.Admin owner() {
        String role = ProcessKeys.ADMIN_DATABASE;
        return new Migrations.Admin(needed(role, "url"), needed(role, "user"), needed(role, "password"));
    }

    private String needed(String role, String what) {
        String name = "database." + role + "." + what;
        String value = configuration.text(name);
        if (value.isEmpty()) {
            problems.add(name + ": missing (expected: what the role of " + role + " logs in with)");
        }
        return value;
    }

    /** @throws ConfigurationException with everything that is missing, the clusters included */
    Clusters clusters() throws ConfigurationException {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return Clusters.from(configuration);
    }

    /** @throws NotReadyException a topic is missing or otherwise, or a cluster does not answer */
    static void topics(Clusters clusters) throws NotReadyException {
        List<String> problems = TopicAdmin.look(clusters).problems();
        if (!problems.isEmpty()) {
            throw new NotReadyException(
                    "units cannot be published (expected: ./identicom migrate was run with this configuration):",
                    problems);
        }
    }
}
