package identicom.standalone.command;

import identicom.runtime.config.Configuration;
import identicom.runtime.kafka.Clusters;
import identicom.runtime.kafka.RetriableStorageException;
import identicom.runtime.kafka.TopicAdmin;
import identicom.schema.DatabaseSchema;
import identicom.schema.Migrations;
import identicom.standalone.process.ProcessKeys;
import java.sql.SQLException;
import java.util.EnumMap;
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
        Required required = new Required(configuration);
        Migrations.Plan plan = plan(required);
        Clusters clusters = required.clusters();
        try {
            TopicAdmin.createMissing(clusters, configuration.get(ProcessKeys.PROFILE), progress);
            Migrations.migrate(plan, progress);
        } catch (RetriableStorageException | SQLException e) {
            throw new FailedException(e.getMessage() + " (nothing is lost: correct it and migrate again)");
        }
        spec.commandLine().getOut().println("migrated");
        return 0;
    }

    private static Migrations.Plan plan(Required required) {
        Map<DatabaseSchema, String> passwords = new EnumMap<>(DatabaseSchema.class);
        SERVICES.forEach((schema, service) -> passwords.put(schema, required.password(service)));
        String whitelist = required.password("whitelist");
        return Migrations.Plan.oneDatabase(required.owner(), passwords, whitelist);
    }
}
