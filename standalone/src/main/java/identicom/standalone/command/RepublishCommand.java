package identicom.standalone.command;

import identicom.fleetservice.Republish;
import identicom.fleetservice.units.Republishing;
import identicom.runtime.config.Configuration;
import identicom.runtime.kafka.Clusters;
import identicom.runtime.kafka.RetriableStorageException;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code identicom republish}. */
@Command(
        name = "republish",
        description = {
            "After a restore of the database or the loss of main: the units in the table and on the topic identicom.units"
                    + " say the same again; of each unit the higher version wins.",
            "With the configuration of fleet-service (database.fleet.…, kafka.…). Can be run at any time and again."
        },
        mixinStandardHelpOptions = true)
public final class RepublishCommand implements Callable<Integer> {
    @Mixin
    private ConfiguredOptions options = new ConfiguredOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Configuration configuration = options.load();
        Required required = new Required(configuration);
        required.password("fleet");
        Clusters clusters = required.clusters();
        Consumer<String> progress = Progress.on(spec);
        Required.topics(clusters);
        Republishing.Done done;
        try {
            done = Republish.run(configuration, clusters, progress);
        } catch (RetriableStorageException | SQLException e) {
            throw new FailedException(e.getMessage() + " (nothing is lost: correct it and republish again)");
        }
        spec.commandLine()
                .getOut()
                .println("units: " + done.units() + ", taken from the topic: " + done.adopted() + ", published: "
                        + done.published());
        return 0;
    }
}
