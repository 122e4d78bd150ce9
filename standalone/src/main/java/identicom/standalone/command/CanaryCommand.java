package identicom.standalone.command;

import identicom.simulator.canary.CanaryDialler;
import identicom.standalone.process.UntilStopped;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code identicom canary}. */
@Command(
        name = "canary",
        description = "A unit that dials a station again and again with a red alert, to show that the way is open."
                + " Its serial must be commissioned, and canary.serial of alert-service, or it rings like any other.",
        mixinStandardHelpOptions = true)
public final class CanaryCommand implements Callable<Integer> {
    @Option(names = "--serial", paramLabel = "S", required = true, description = "The canary's serial.")
    private String serial = "";

    @Option(
            names = "--station",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:7700",
            description = "Default: ${DEFAULT-VALUE}.")
    private String station = "";

    @Option(
            names = "--every",
            paramLabel = "ISO8601",
            defaultValue = "PT1M",
            description = "Between two calls, at least PT1S (default: ${DEFAULT-VALUE}).")
    private Duration every = Duration.ZERO;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        CanaryDialler canary = new CanaryDialler(checked(), serial, every, Progress.on(spec)).start();
        UntilStopped.closeAtEnd(canary);
        Progress.on(spec).accept("canary " + serial + " calls " + station + " every " + every.toSeconds() + " s");
        UntilStopped.await();
        return 0;
    }

    private InetSocketAddress checked() {
        try {
            if (!serial.matches("[A-Z0-9-]{1,12}")) {
                throw new IllegalArgumentException("--serial: 1 to 12 characters A-Z 0-9 - are expected");
            }
            if (every.compareTo(Duration.ofSeconds(1)) < 0) {
                throw new IllegalArgumentException("--every: " + every + " (expected: at least PT1S)");
            }
            return StationAddress.parse(station);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
