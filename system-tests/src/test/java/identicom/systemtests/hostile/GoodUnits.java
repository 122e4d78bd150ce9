package identicom.systemtests.hostile;

import identicom.simulator.line.DialingUnit;
import identicom.simulator.line.LineQuality;
import identicom.simulator.line.SessionReport;
import identicom.simulator.line.Transport;
import identicom.simulator.unit.Journal;
import identicom.simulator.unit.Redial;
import identicom.simulator.unit.Seeds;
import identicom.simulator.unit.SimulatedUnit;
import identicom.wire.event.StandardEvent;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Units that do as they should, round after round with an event in each, and what they notice of what goes on. */
final class GoodUnits implements AutoCloseable {
    private static final Redial QUICK =
            new Redial(Duration.ofMillis(500), Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(30));
    private static final String PREFIX = "GOOD-";

    private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();
    private final List<DialingUnit> units = new ArrayList<>();
    private final Transport transport;
    private volatile String now = "";
    private volatile boolean quiet;

    /** One session, and what went on when it ended. */
    record Seen(String during, SessionReport report) {}

    private GoodUnits(InetSocketAddress station, int count) {
        this.transport = new Transport(station, 1);
        List<String> serials = serials(count);
        for (int number = 0; number < count; number++) {
            String serial = serials.get(number);
            units.add(new DialingUnit(
                    new SimulatedUnit(serial, "4.2.1", 1),
                    number,
                    transport,
                    LineQuality.PERFECT,
                    QUICK,
                    Seeds.random(1, serial + " line"),
                    InstantSource.system(),
                    report -> seen.add(new Seen(now, report)),
                    this::round));
        }
    }

    static List<String> serials(int count) {
        List<String> serials = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            serials.add(PREFIX + number);
        }
        return serials;
    }

    /** They dial in, spread over one interval. */
    static GoodUnits start(InetSocketAddress station, int count) {
        GoodUnits good = new GoodUnits(station, count);
        Duration apart = QUICK.interval().dividedBy(count);
        for (int number = 0; number < count; number++) {
            good.units.get(number).dialAfter(apart.multipliedBy(number));
        }
        return good;
    }

    private void round(DialingUnit unit) {
        if (!quiet) {
            unit.log(StandardEvent.STATUS_CHECK);
        }
    }

    /** Says what goes on from now on. */
    void during(String what) {
        now = what;
    }

    List<SessionReport> sessions(String during) {
        return seen.stream()
                .filter(one -> one.during().equals(during))
                .map(Seen::report)
                .toList();
    }

    long deleted() {
        return units.stream().mapToLong(unit -> unit.unit().deletedCount()).sum();
    }

    /** From now on nothing is logged; they dial in as before. */
    void quiet() {
        quiet = true;
    }

    boolean empty() {
        return units.stream().allMatch(unit -> unit.unit().empty());
    }

    List<Journal> journals() {
        return units.stream().map(unit -> unit.unit().journal()).toList();
    }

    @Override
    public void close() {
        units.forEach(DialingUnit::stop);
        transport.close();
    }
}
