package identicom.simulator.canary;

import identicom.simulator.line.DialingUnit;
import identicom.simulator.line.LineQuality;
import identicom.simulator.line.SessionEnd;
import identicom.simulator.line.SessionReport;
import identicom.simulator.line.Transport;
import identicom.simulator.unit.Redial;
import identicom.simulator.unit.Seeds;
import identicom.simulator.unit.SimulatedUnit;
import identicom.wire.event.StandardEvent;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Dials a station by TCP again and again with a red alert, as a unit whose wearer pressed the button: its clock is right, its
 * log is emptied by the station. A new alert is logged each time, whether the last one was taken or not; what a station that is
 * away could not take waits in the unit's log, which is small: the newest ones stay. Thread safe.
 */
public final class CanaryDialler implements AutoCloseable {
    private static final String SOFTWARE_VERSION = "CANARY";
    private static final int LOG_CAPACITY = 64;
    private static final Duration NO_ROUNDS = Duration.ofDays(1);

    private final Duration every;
    private final Consumer<String> progress;
    private final Transport transport;
    private final DialingUnit unit;
    private final AtomicReference<SessionEnd> last = new AtomicReference<>(SessionEnd.EMPTIED);

    /** @param progress told, for a person, when calls begin to fail and when they are taken again */
    public CanaryDialler(InetSocketAddress station, String serial, Duration every, Consumer<String> progress) {
        this.every = every;
        this.progress = progress;
        this.transport = new Transport(station, 1);
        InstantSource clock = InstantSource.system();
        long seed = clock.millis(); // a memory of its own at each start: its sequence numbers begin again
        Redial redial = new Redial(every.dividedBy(6).plusMillis(1), every, NO_ROUNDS, Redial.PROTOCOL.silence());
        this.unit = new DialingUnit(
                new SimulatedUnit(serial, SOFTWARE_VERSION, seed, LOG_CAPACITY),
                0,
                transport,
                LineQuality.PERFECT,
                redial,
                Seeds.random(seed, serial + " line"),
                clock,
                this::ended,
                dialling -> {});
    }

    public CanaryDialler start() {
        call();
        return this;
    }

    private void call() {
        unit.log(StandardEvent.RED_ALERT);
        unit.after(every, this::call);
    }

    private void ended(SessionReport report) {
        SessionEnd before = last.getAndSet(report.end());
        if (before.failure() != report.end().failure()) {
            progress.accept("the canary's call: " + report.end().title());
        }
    }

    /** The unit itself: its log and journal. */
    public SimulatedUnit unit() {
        return unit.unit();
    }

    @Override
    public void close() {
        unit.stop();
        transport.close();
    }
}
