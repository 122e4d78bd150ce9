package identicom.standalone.command;

import identicom.runtime.config.Configuration;
import identicom.standalone.process.ServiceKind;
import identicom.standalone.process.ServiceProcess;
import identicom.standalone.process.UntilStopped;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code identicom receiver} and the like: one process each, against clusters and databases that run elsewhere. */
public abstract sealed class ServiceCommand implements Callable<Integer> {
    @Mixin
    private ConfiguredOptions options = new ConfiguredOptions();

    @Spec
    private CommandSpec spec;

    private final ServiceKind kind;

    private ServiceCommand(ServiceKind kind) {
        this.kind = kind;
    }

    @Override
    public Integer call() throws Exception {
        Configuration configuration = options.load();
        Consumer<String> progress = Progress.on(spec);
        ServiceProcess process = ServiceProcess.start(kind, configuration, progress);
        UntilStopped.closeAtEnd(process);
        process.awaitReady(progress);
        spec.commandLine().getOut().println(process.readyLine());
        spec.commandLine().getOut().flush();
        UntilStopped.await();
        return 0;
    }

    /** The station. */
    @Command(
            name = "receiver",
            description = "A station: units dial in, their logs are taken.",
            mixinStandardHelpOptions = true)
    public static final class Receiver extends ServiceCommand {
        public Receiver() {
            super(ServiceKind.RECEIVER);
        }
    }

    /** Alerts. */
    @Command(
            name = "alert-service",
            description = "Alerts from critical events, and the operators' stream of them.",
            mixinStandardHelpOptions = true)
    public static final class Alert extends ServiceCommand {
        public Alert() {
            super(ServiceKind.ALERT_SERVICE);
        }
    }

    /** The event log. */
    @Command(name = "log-service", description = "The event log and the audit trail.", mixinStandardHelpOptions = true)
    public static final class Log extends ServiceCommand {
        public Log() {
            super(ServiceKind.LOG_SERVICE);
        }
    }

    /** Units and users. */
    @Command(name = "fleet-service", description = "Units, users and login.", mixinStandardHelpOptions = true)
    public static final class Fleet extends ServiceCommand {
        public Fleet() {
            super(ServiceKind.FLEET_SERVICE);
        }
    }

    /** Pictures. */
    @Command(
            name = "media-service",
            description = "Pictures: put together, kept and served.",
            mixinStandardHelpOptions = true)
    public static final class Media extends ServiceCommand {
        public Media() {
            super(ServiceKind.MEDIA_SERVICE);
        }
    }
}
