package identicom.systemtests.measure;

import static org.awaitility.Awaitility.await;

import identicom.simulator.fleet.Fleet;
import identicom.simulator.fleet.FleetOptions;
import identicom.simulator.fleet.Scenario;
import identicom.simulator.fleet.Serials;
import identicom.simulator.line.DialingUnit;
import identicom.simulator.picture.DrawnPicture;
import identicom.simulator.unit.Redial;
import identicom.simulator.unit.TakenPicture;
import identicom.wire.event.StandardEvent;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Units with something to say, all of one population, that dial in at a steady pace or at once. */
final class Load implements AutoCloseable {
    private static final String PREFIX = "COST-";
    private static final Duration LIMIT = Duration.ofMinutes(5);
    /** Who was cut off, or not emptied, calls again soon. */
    private static final Redial REDIAL = Redial.PROTOCOL.withInterval(Duration.ofMinutes(2));

    private final Fleet fleet;

    private Load(Fleet fleet) {
        this.fleet = fleet;
    }

    /** The first so many units, with empty logs that nobody has seen yet. @param seed another one: other logs */
    static Load of(InetSocketAddress station, int units, long seed) {
        Fleet fleet = Fleet.idle(Scenario.of(options(station, units, seed)).withRedial(REDIAL));
        fleet.quiet();
        return new Load(fleet);
    }

    static List<String> serials(InetSocketAddress station, int units) {
        return Serials.of(options(station, units, 0));
    }

    private static FleetOptions options(InetSocketAddress station, int units, long seed) {
        return new FleetOptions(
                station, units, PREFIX, 0, 0, REDIAL.interval(), Duration.ofDays(1), seed, 0, Duration.ZERO);
    }

    /** Each has logged so many events of everyday, a minute apart. */
    Load withEvents(int each) {
        Instant now = Instant.now();
        for (DialingUnit unit : fleet.units()) {
            for (int event = each; event > 0; event--) {
                StandardEvent type = event % 2 == 0 ? StandardEvent.STATUS_CHECK : StandardEvent.POSITION_REPORT;
                unit.unit().log(type, now.minus(Duration.ofMinutes(event)));
            }
        }
        return this;
    }

    /** The wearer of each is down. */
    Load withFalls() {
        Instant now = Instant.now();
        fleet.units().forEach(unit -> unit.unit().log(StandardEvent.MAN_DOWN, now));
        return this;
    }

    /** Each has taken a picture. */
    Load withPictures() {
        Instant now = Instant.now();
        for (DialingUnit unit : fleet.units()) {
            unit.unit().take(DrawnPicture.jpeg(unit.unit().serial(), now, now.getEpochSecond()), now);
        }
        return this;
    }

    /** Of all pictures together. */
    long pictureBytes() {
        return fleet.journals().stream()
                .flatMap(journal -> journal.pictures().stream())
                .mapToLong(TakenPicture::size)
                .sum();
    }

    /** All dial in, so many a second; returns when each was emptied and has hung up. */
    void dial(int perSecond) {
        for (int number = 0; number < fleet.units().size(); number++) {
            fleet.unit(number).dialAfter(Duration.ofNanos(number * TimeUnit.SECONDS.toNanos(1) / perSecond));
        }
        ended();
    }

    /** All dial in at the same moment; returns when each was emptied and has hung up. */
    void dialAtOnce() {
        fleet.units().forEach(DialingUnit::dial);
        ended();
    }

    private void ended() {
        await("every unit has called")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> sessions() >= fleet.units().size() && fleet.empty());
        fleet.units().forEach(DialingUnit::retire);
        await("every session is over")
                .atMost(LIMIT)
                .until(() -> fleet.units().stream().noneMatch(DialingUnit::connected));
    }

    /** How many there were. */
    long sessions() {
        return fleet.summary().sessions();
    }

    @Override
    public void close() {
        fleet.close();
    }
}
