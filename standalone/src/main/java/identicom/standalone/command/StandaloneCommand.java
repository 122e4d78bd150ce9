package identicom.standalone.command;

import identicom.standalone.process.UntilStopped;
import identicom.standalone.system.EmbeddedModule;
import identicom.standalone.system.StandaloneSystem;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code identicom standalone}. */
@Command(
        name = "standalone",
        description = "The whole system on this machine: station, services, two Kafka clusters and PostgreSQL.",
        mixinStandardHelpOptions = true)
public final class StandaloneCommand implements Callable<Integer> {
    @Mixin
    private ConfiguredOptions options = new ConfiguredOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        start(options, spec);
        UntilStopped.await();
        return 0;
    }

    /**
     * Starts the system, prints the ready line on standard output, and has it closed at the process's end.
     *
     * @throws ParameterException this program has no embedded parts
     */
    static StandaloneSystem.Address start(ConfiguredOptions options, CommandSpec spec) throws Exception {
        if (!EmbeddedModule.isThere()) {
            throw new ParameterException(
                    spec.commandLine(),
                    spec.name() + ": this image holds neither brokers nor a database of its own"
                            + " (expected: receiver, alert-service, … with clusters and a database that run elsewhere,"
                            + " or ./identicom " + spec.name() + " in a working copy of the project)");
        }
        Consumer<String> progress = Progress.on(spec);
        StandaloneSystem system;
        try {
            system = StandaloneSystem.start(options.loadForOneMachine(), progress);
        } catch (IOException e) {
            throw new FailedException(e.getMessage());
        }
        UntilStopped.closeAtEnd(system);
        StandaloneSystem.Address address = system.address();
        spec.commandLine().getOut().println(address.readyLine());
        spec.commandLine().getOut().flush();
        return address;
    }
}
