package identicom.standalone.command;

import identicom.simulator.fleet.Fleet;
import identicom.simulator.fleet.FleetOptions;
import identicom.simulator.fleet.FleetSummary;
import identicom.simulator.fleet.Scenario;
import identicom.simulator.fleet.Serials;
import identicom.standalone.client.ApiClient;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code identicom simulate}. */
@Command(
        name = "simulate",
        description =
                "Simulated units that dial in to any station, until each has emptied its log or the time is over.",
        mixinStandardHelpOptions = true)
public final class SimulateCommand implements Callable<Integer> {
    private static final String DRAWING = "java.desktop";

    @Option(
            names = "--station",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:7700",
            description = "Default: ${DEFAULT-VALUE}.")
    private String station = "";

    @Option(names = "--units", paramLabel = "N", required = true, description = "How many units.")
    private int units;

    @Option(
            names = "--serial-prefix",
            paramLabel = "TEXT",
            defaultValue = "SIM-",
            description = "What serials begin with; six digits follow (default: ${DEFAULT-VALUE}).")
    private String prefix = "";

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "4",
            description = "Events that a unit logs before each round (default: ${DEFAULT-VALUE}).")
    private int events;

    @Option(
            names = "--pictures",
            paramLabel = "N",
            defaultValue = "0",
            description = "Pictures that a unit takes before its first round (default: ${DEFAULT-VALUE}).")
    private int pictures;

    @Option(
            names = "--man-down",
            paramLabel = "SHARE",
            defaultValue = "0.01",
            description = "Share of rounds in which the wearer is down, 0..1 (default: ${DEFAULT-VALUE}).")
    private double manDown;

    @Option(
            names = "--interval",
            paramLabel = "ISO8601",
            defaultValue = "PT30M",
            description = "Between a unit's dial-ins (default: ${DEFAULT-VALUE}).")
    private Duration interval = Duration.ZERO;

    @Option(
            names = "--window",
            paramLabel = "ISO8601",
            defaultValue = "PT1S",
            description = "First dial-ins are spread over this (default: ${DEFAULT-VALUE}).")
    private Duration window = Duration.ZERO;

    @Option(
            names = "--duration",
            paramLabel = "ISO8601",
            defaultValue = "PT0S",
            description = "How long; PT0S: until each unit has emptied its log (default).")
    private Duration duration = Duration.ZERO;

    @Option(
            names = "--drop-rate",
            paramLabel = "SHARE",
            defaultValue = "0",
            description = "Share of sessions whose line drops, 0..1 (default: ${DEFAULT-VALUE}).")
    private double dropRate;

    @Option(
            names = "--delay",
            paramLabel = "ISO8601",
            defaultValue = "PT0S",
            description = "One way over the line, on average (default: none).")
    private Duration delay = Duration.ZERO;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of everything random (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--commission", description = "Commission the units first (--url, --user).")
    private boolean commission;

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        FleetOptions options = options();
        Consumer<String> progress = Progress.on(spec);
        if (commission) {
            commission(options, progress);
        }
        FleetSummary summary = Fleet.run(Scenario.of(options).withDialWindow(window), progress);
        spec.commandLine().getOut().println(summary.text());
        return summary.failures() == 0 || dropRate > 0 ? 0 : 1;
    }

    private FleetOptions options() {
        if (pictures > 0 && ModuleLayer.boot().findModule(DRAWING).isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--pictures: " + pictures + " (expected: 0 in an image, whose Java runtime cannot draw them)");
        }
        try {
            return new FleetOptions(
                    StationAddress.parse(station),
                    units,
                    prefix,
                    events,
                    manDown,
                    interval,
                    duration,
                    seed,
                    dropRate,
                    delay,
                    pictures);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private void commission(FleetOptions options, Consumer<String> progress)
            throws FailedException, InterruptedException {
        try (ApiClient client = api.login()) {
            progress.accept("commissioning " + options.units() + " units");
            client.importUnits(BodyPublishers.ofString(csv(options)));
        } catch (IOException e) {
            throw new FailedException(e.getMessage());
        }
    }

    /** A whitelist with all units of a fleet. */
    static String csv(FleetOptions options) {
        return Serials.of(options).stream().collect(Collectors.joining("\n", "serial\n", "\n"));
    }
}
