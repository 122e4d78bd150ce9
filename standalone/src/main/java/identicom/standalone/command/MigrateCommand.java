package identicom.standalone.command;

import identicom.runtime.config.Configuration;
import identicom.runtime.config.ConfigurationException;
import identicom.runtime.kafka.Clusters;
import identicom.runtime.kafka.RetriableStorageException;
import identicom.runtime.kafka.TopicAdmin;
import identicom.schema.DatabaseSchema;
import identicom.schema.Migrations;
import identicom.standalone.process.ProcessKeys;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code identicom migrate}. */
@Command(
        name = "migrate",
        description = "Creates or brings up to date topics, database schemas and roles (database.admin.…).",
        mixinStandardHelpOptions = true)
public final class MigrateCommand implements Callable<Integer> {
    private static final Map<DatabaseSchema, String> SERVICES = Map.of(
            DatabaseSchema.FLEET, "fleet",
            DatabaseSchema.ALERTS, "alerts",
            DatabaseSchema.EVENT_LOG, "event-log",
            DatabaseSchema.MEDIA, "media");

    @Mixin
    private ConfiguredOptions options = new ConfiguredOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Consumer<String> progress = Progress.on(spec);
        Configuration configuration = options.load();
        Migrations.Plan plan = plan(configuration);
        Clusters clusters = Clusters.from(configuration);
        try {
            TopicAdmin.createMissing(clusters, configuration.get(ProcessKeys.PROFILE), progress);
            Migrations.migrate(plan, progress);
        } catch (RetriableStorageException | SQLException e) {
            throw new FailedException(e.getMessage() + " (nothing is lost: correct it and migrate again)");
        }
        spec.commandLine().getOut().println("migrated");
        return 0;
    }

    /** @throws ConfigurationException with everything that is missing, the clusters included */
    private static Migrations.Plan plan(Configuration configuration) throws ConfigurationException {
        List<String> problems = new ArrayList<>();
        try {
            Clusters.from(configuration);
        } catch (ConfigurationException e) {
            problems.addAll(e.problems());
        }
        Map<DatabaseSchema, String> passwords = new EnumMap<>(DatabaseSchema.class);
        SERVICES.forEach(
                (schema, service) -> passwords.put(schema, needed(configuration, service, "password", problems)));
        String whitelist = needed(configuration, "whitelist", "password", problems);
        Migrations.Admin admin = new Migrations.Admin(
                needed(configuration, ProcessKeys.ADMIN_DATABASE, "url", problems),
                needed(configuration, ProcessKeys.ADMIN_DATABASE, "user", problems),
                needed(configuration, ProcessKeys.ADMIN_DATABASE, "password", problems));
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return Migrations.Plan.oneDatabase(admin, passwords, whitelist);
    }

    private static String needed(Configuration configuration, String service, String what, List<String> problems) {
        String name = "database." + service + "." + what;
        String value = configuration.text(name);
        if (value.isEmpty()) {
            problems.add(name + ": missing (expected: what the role of " + service + " logs in with)");
        }
        return value;
    }
}
