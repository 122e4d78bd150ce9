package identicom.systemtests.instances;

import identicom.simulator.fleet.Fleet;
import identicom.simulator.fleet.FleetOptions;
import identicom.simulator.fleet.Scenario;
import identicom.simulator.fleet.Serials;
import identicom.simulator.line.DialingUnit;
import identicom.simulator.unit.Journal;
import identicom.simulator.unit.Redial;
import identicom.systemtests.harness.Desk;
import identicom.wire.event.StandardEvent;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The units of one run: many in traffic, others of which each falls or takes a picture once, and two of which one is told below. */
final class Crowd implements AutoCloseable {
    private static final int IN_TRAFFIC = 300;
    /** One after the other for six minutes, {@link Incidents}. */
    private static final int FALLING = 1_200;

    private static final int TAKING = 400;
    private static final int EVENTS = 3;
    private static final double MAN_DOWN = 0.01;
    private static final double DROP = 0.02;
    private static final Duration DELAY = Duration.ofMillis(20);
    private static final Duration ROUND = Duration.ofSeconds(6);
    private static final Duration NEVER = Duration.ofHours(1);

    private final InetSocketAddress station;
    private final long seed;
    private final Fleet traffic;
    private final Fleet falling;
    private final Fleet taking;
    private final Fleet silent;
    private final Fleet late;

    private Crowd(InetSocketAddress station, Desk administrator, long seed) throws IOException, InterruptedException {
        this.station = station;
        this.seed = seed;
        FleetOptions busy = options("T", IN_TRAFFIC, EVENTS, MAN_DOWN, ROUND, DROP, DELAY);
        administrator.commission(Serials.of(busy));
        falling = idle(options("F", FALLING, 0, 0, NEVER, 0, DELAY));
        taking = idle(options("P", TAKING, 0, 0, ROUND, 0, DELAY));
        silent = idle(options("S", 1, 0, 0, NEVER, 0, Duration.ZERO));
        late = idle(options("L", 1, 0, 0, NEVER, 0, Duration.ZERO));
        commission(administrator, site(), serials(falling));
        administrator.commission(serials(taking));
        put(administrator, silentSerial(), Map.of("checkInMinutes", 1, "graceMinutes", 0));
        traffic = Fleet.start(scenario(busy));
    }

    /** Those in traffic begin. All but the one that is late are on the whitelist. */
    static Crowd start(InetSocketAddress station, Desk administrator, long seed)
            throws IOException, InterruptedException {
        return new Crowd(station, administrator, seed);
    }

    private FleetOptions options(
            String letter, int units, int events, double manDown, Duration interval, double drop, Duration delay) {
        return new FleetOptions(
                station, units, letter + seed + "-", events, manDown, interval, Duration.ofDays(1), seed, drop, delay);
    }

    private static Fleet idle(FleetOptions options) {
        return Fleet.idle(scenario(options));
    }

    private static Scenario scenario(FleetOptions options) {
        return Scenario.of(options)
                .withRedial(new Redial(
                        Duration.ofMillis(300), Duration.ofSeconds(2), options.interval(), Duration.ofSeconds(20)));
    }

    private static void commission(Desk administrator, String site, List<String> serials)
            throws IOException, InterruptedException {
        String lines =
                serials.stream().map(serial -> serial + "," + site + "\n").collect(Collectors.joining());
        Desk.Answer answer = administrator.send("POST", "/api/v1/units/import", "text/csv", "serial,site\n" + lines);
        if (answer.status() != 200) {
            throw new IOException("import: " + answer);
        }
    }

    private static void put(Desk administrator, String serial, Map<String, Object> unit)
            throws IOException, InterruptedException {
        Desk.Answer answer = administrator.put("/api/v1/units/" + serial, unit);
        if (answer.status() != 201 && answer.status() != 200) {
            throw new IOException(serial + ": " + answer);
        }
    }

    private static List<String> serials(Fleet fleet) {
        return fleet.units().stream().map(unit -> unit.unit().serial()).toList();
    }

    Fleet falling() {
        return falling;
    }

    Fleet taking() {
        return taking;
    }

    /** Where the units belong that fall. */
    String site() {
        return "run-" + seed;
    }

    /** How many events those in traffic were told to delete. */
    long deleted() {
        return traffic.summary().deleted();
    }

    /** Calls once and then never again; it is due every minute. */
    void fallSilent() {
        callOnce(silent);
    }

    boolean silentWasHeard() {
        return silent.empty() && silent.summary().deleted() > 0;
    }

    String silentSerial() {
        return serials(silent).getFirst();
    }

    /** One more unit is put on the whitelist and calls at once. */
    void commissionLate(Desk administrator) throws IOException, InterruptedException {
        administrator.commission(serials(late));
        callOnce(late);
    }

    boolean lateIsEmptied() {
        return late.empty() && late.summary().deleted() > 0;
    }

    private static void callOnce(Fleet fleet) {
        DialingUnit unit = fleet.unit(0);
        unit.unit().log(StandardEvent.STATUS_CHECK, Instant.now());
        unit.dial();
    }

    /** Nothing happens any more; units in traffic go on calling. */
    void quiet() {
        traffic.quiet();
    }

    boolean empty() {
        return Stream.of(traffic, falling, taking, late).allMatch(Fleet::empty);
    }

    /** Of all but the one that fell silent. */
    List<Journal> journals() {
        return Stream.of(traffic, falling, taking, late)
                .flatMap(fleet -> fleet.journals().stream())
                .toList();
    }

    String text() {
        return traffic.summary().text();
    }

    /** Nobody waits for the one that fell silent any more. */
    void decommissionSilent(Desk administrator) throws IOException, InterruptedException {
        put(administrator, silentSerial(), Map.of("state", "decommissioned"));
    }

    @Override
    public void close() {
        Stream.of(traffic, falling, taking, silent, late).forEach(Fleet::close);
    }
}
