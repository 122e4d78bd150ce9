package identicom.standalone.command;

import identicom.simulator.fleet.Fleet;
import identicom.simulator.fleet.FleetOptions;
import identicom.simulator.fleet.Scenario;
import identicom.simulator.raw.RawUnit;
import identicom.standalone.client.ApiClient;
import identicom.standalone.process.UntilStopped;
import identicom.standalone.system.StandaloneSystem.Address;
import identicom.wire.event.StandardEvent;
import identicom.wire.message.EventEntry;
import identicom.wire.message.EventLog;
import identicom.wire.message.Identification;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code identicom demo}. */
@Command(
        name = "demo",
        description = "The whole system on this machine, with simulated units and emergencies.",
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
    private static final Duration ROUND = Duration.ofMinutes(1);
    private static final Duration ON_AND_ON = Duration.ofDays(365);
    private static final double MAN_DOWN_SHARE = 0.01;
    private static final int EVENTS = 3;
    private static final int FALLS_AT_ONCE = 0;
    private static final int LOSES_THE_LANYARD = 1;

    @Mixin
    private ConfiguredOptions options = new ConfiguredOptions();

    @Option(names = "--units", paramLabel = "N", defaultValue = "120", description = "Default: ${DEFAULT-VALUE}.")
    private int units;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Address address = StandaloneCommand.start(options, spec);
        String password = password(address);
        FleetOptions fleet = fleet(address);
        try (ApiClient client = ApiClient.login(URI.create("http://" + address.http()), "admin", password)) {
            client.importUnits(BodyPublishers.ofString(SimulateCommand.csv(fleet)));
        } catch (IOException e) {
            throw new FailedException(e.getMessage());
        }
        try (Fleet running = Fleet.start(Scenario.of(fleet).withDialWindow(ROUND))) {
            emergencies(running, fleet.target());
            tell(address);
            UntilStopped.await();
        }
        return 0;
    }

    private String password(Address address) throws FailedException {
        String configured = System.getenv("IDENTICOM_ADMIN_PASSWORD");
        if (configured != null) {
            return configured;
        }
        if (address.madeUpPassword().isEmpty()) {
            throw new FailedException("the data folder has its users already, made at an earlier start"
                    + " (expected: admin's password in IDENTICOM_ADMIN_PASSWORD, or another folder with --data)");
        }
        return address.madeUpPassword();
    }

    private FleetOptions fleet(Address address) {
        int colon = address.units().lastIndexOf(':');
        InetSocketAddress station = new InetSocketAddress(
                address.units().substring(0, colon),
                Integer.parseInt(address.units().substring(colon + 1)));
        return new FleetOptions(
                station,
                units,
                "DEMO-",
                EVENTS,
                MAN_DOWN_SHARE,
                ROUND,
                ON_AND_ON,
                Instant.now().getEpochSecond(),
                0.02,
                Duration.ofMillis(80));
    }

    private static void emergencies(Fleet fleet, InetSocketAddress station) throws IOException {
        fleet.unit(FALLS_AT_ONCE).log(StandardEvent.MAN_DOWN);
        fleet.unit(FALLS_AT_ONCE).dial();
        if (fleet.units().size() > LOSES_THE_LANYARD) {
            fleet.unit(LOSES_THE_LANYARD).log(StandardEvent.LANYARD_PIN_REMOVED);
            fleet.unit(LOSES_THE_LANYARD).dial();
        }
        stray(station);
    }

    /** A unit that nobody has commissioned. */
    private static void stray(InetSocketAddress station) throws IOException {
        try (RawUnit unit = RawUnit.dial(station)) {
            EventEntry entry = EventEntry.of(
                    1,
                    Instant.now().getEpochSecond(),
                    StandardEvent.RED_ALERT.code(),
                    1,
                    515_074_000,
                    -1_278_000,
                    61,
                    -71);
            unit.send(new Identification("STRAY-01", "4.2.1"), new EventLog(0, true, 4711, List.of(entry)));
            unit.endOutput();
        }
    }

    private void tell(Address address) {
        PrintWriter out = spec.commandLine().getOut();
        String base = "http://" + address.http();
        out.println();
        out.println(units
                + " units dial in once a minute; one wearer is down, one lanyard was torn off, one unit is unknown.");
        out.println("Log in as admin"
                + (address.madeUpPassword().isEmpty() ? "" : " with password " + address.madeUpPassword()) + ":");
        out.println("  TOKEN=$(curl -s " + base
                + "/api/v1/login -H 'content-type: application/json' -d '{\"user\":\"admin\",\"password\":\""
                + (address.madeUpPassword().isEmpty() ? "…" : address.madeUpPassword())
                + "\"}' | sed 's/.*\"token\":\"\\([^\"]*\\)\".*/\\1/')");
        out.println("Emergencies, as they happen:");
        out.println("  curl -sN -H \"authorization: Bearer $TOKEN\" " + base + "/api/v1/alerts/stream");
        out.println("The event log, newest first; the same as CSV; the units:");
        out.println("  curl -s -H \"authorization: Bearer $TOKEN\" '" + base + "/api/v1/events?limit=5'");
        out.println("  curl -s -H \"authorization: Bearer $TOKEN\" -H 'accept: text/csv' " + base + "/api/v1/events");
        out.println("  curl -s -H \"authorization: Bearer $TOKEN\" '" + base + "/api/v1/units?limit=5'");
        out.println("Ctrl-C stops everything.");
        out.flush();
    }
}
