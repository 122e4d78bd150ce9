package identicom.alertservice.supervision;

import identicom.alertservice.store.Incidents.Incident;
import identicom.alertservice.store.Transactions;
import identicom.alertservice.supervision.rule.Coverage;
import identicom.alertservice.supervision.rule.Gap;
import identicom.alertservice.supervision.rule.Heard;
import identicom.alertservice.supervision.rule.Watermark;
import identicom.alertservice.supervision.store.Clock;
import identicom.alertservice.supervision.store.Jumps;
import identicom.alertservice.supervision.store.Progress;
import identicom.alertservice.supervision.store.Progress.State;
import identicom.alertservice.supervision.store.Stations;
import identicom.schema.Topic;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The part of a sweep that asks how far the stations are heard: watermark, blind stations, gaps, the database's clock.
 * While a clock is being looked at nothing is judged. One thread.
 */
final class StationWatch {

    private static final long STEADY_US = 5_000_000;
    private static final long PAUSE_US = 3_000_000;
    private static final long BEHIND_US = 60_000_000;

    /** An answer that took longer says nothing of the database's clock. */
    private static final long SLOW_ANSWER_NANOS = 1_000_000_000;

    /**
     * @param judge whether deadlines may be judged now
     * @param told alerts were raised
     */
    record Look(boolean judge, long watermarkUs, boolean told) {
        static final Look AWAY = new Look(false, 0, false);
    }

    private final Transactions transactions;
    private final Alarms alarms;
    private final Clock clock;
    private final LongSupplier nanos;
    private final ClockJumps clocks;

    private boolean anchored;
    private long anchorUs;
    private long anchorNanos;
    private Duration moved = Duration.ZERO;
    private boolean pausing;
    private long pausedSinceNanos;

    StationWatch(Transactions transactions, Alarms alarms, Clock clock, LongSupplier nanos) {
        this.transactions = transactions;
        this.alarms = alarms;
        this.clock = clock;
        this.nanos = nanos;
        this.clocks = new ClockJumps(transactions, alarms, clock);
    }

    Look look() throws SQLException {
        Look look = transactions.run(this::look);
        return look.judge() && clocks.putRight() ? new Look(false, look.watermarkUs(), true) : look;
    }

    private Look look(Connection tx) throws SQLException {
        long asked = nanos.getAsLong();
        long now = clock.nowUs(tx);
        boolean quick = nanos.getAsLong() - asked < SLOW_ANSWER_NANOS;
        anchored &= quick;
        measure(now);
        anchored = quick;
        if (!Progress.mine(tx)) {
            return Look.AWAY;
        }
        State before = Progress.state(tx);
        boolean interrupted = Math.abs(now - before.sweptUs()) > STEADY_US;
        boolean shaken = moved.compareTo(Duration.ZERO) != 0;
        if (interrupted || shaken) {
            Stations.seenNow(tx, now);
            Progress.stepFromNow(tx, now);
        }
        List<Heard> heard = Stations.heard(tx);
        Watermark watermark = Watermark.of(heard, Topic.SESSIONS.partitions(), now);
        Long reached = watermark.us() == null ? before.watermarkUs() : watermark.us();
        boolean behind = new State(reached, now, false, before.inStepUs(), 0).behind();
        boolean waits = pausing || behind || !Jumps.open(tx).isEmpty();
        Progress.write(tx, reached, now, waits);
        List<String> blind = new ArrayList<>(watermark.blind());
        boolean measured = !interrupted && !shaken;
        if (behind && blind.isEmpty() && measured && now - before.inStepSeenUs() > BEHIND_US) {
            blind.add(Findings.OWN_TOPICS);
        }
        List<Incident> incidents = new ArrayList<>();
        for (String station : Progress.blind(tx, blind, now)) {
            incidents.add(Findings.blind(station));
        }
        if (shaken) {
            incidents.add(Findings.databaseClock(moved));
        }
        if (watermark.us() != null) {
            for (Gap gap : Coverage.gaps(Stations.processes(tx), Stations.shut(tx), watermark.us())) {
                Jumps.unheard(tx, gap);
            }
        }
        if (!incidents.isEmpty()) {
            alarms.raise(tx, incidents);
        }
        return new Look(!pausing && watermark.us() != null, reached == null ? 0 : reached, !incidents.isEmpty());
    }

    /** The database's clock against this machine's monotonic one, from look to look; when it moved, a pause begins. */
    private void measure(long nowUs) {
        long nowNanos = nanos.getAsLong();
        if (pausing && nowNanos - pausedSinceNanos > PAUSE_US * 1_000) {
            pausing = false;
        }
        moved = Duration.ZERO;
        if (anchored) {
            long by = (nowUs - anchorUs) - (nowNanos - anchorNanos) / 1_000;
            if (Math.abs(by) > STEADY_US) {
                moved = Duration.ofMillis(by / 1_000);
                pausing = true;
                pausedSinceNanos = nowNanos;
            }
        }
        anchored = true;
        anchorUs = nowUs;
        anchorNanos = nowNanos;
    }
}
