package identicom.alertservice.supervision;

import identicom.alertservice.store.Incidents.Incident;
import identicom.alertservice.store.Transactions;
import identicom.alertservice.supervision.rule.Gap;
import identicom.alertservice.supervision.rule.Heard;
import identicom.alertservice.supervision.rule.Process;
import identicom.alertservice.supervision.rule.Process.Jump;
import identicom.alertservice.supervision.rule.Watermark;
import identicom.alertservice.supervision.store.Clock;
import identicom.alertservice.supervision.store.Jumps;
import identicom.alertservice.supervision.store.Jumps.Found;
import identicom.alertservice.supervision.store.Progress;
import identicom.alertservice.supervision.store.Progress.State;
import identicom.alertservice.supervision.store.Stations;
import identicom.schema.Topic;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The part of a sweep that asks how far the stations are heard: watermark, blind stations, gaps, and clocks that jumped.
 * While a clock is being looked at nothing is judged. One thread.
 */
final class StationWatch {

    private static final long STEADY_US = 5_000_000;
    private static final long PAUSE_US = 3_000_000;

    /** An answer that took longer says nothing of the database's clock. */
    private static final long SLOW_ANSWER_NANOS = 1_000_000_000;

    private static final long WAIT_FOR_PARTITIONS_US = 60_000_000;

    /**
     * @param judge whether deadlines may be judged now
     * @param told alerts were raised
     */
    record Look(boolean judge, long watermarkUs, boolean told) {
        static final Look AWAY = new Look(false, 0, false);
    }

    /** @param newestUs what the station's clock said last */
    private record Ripe(Found found, long newestUs) {}

    private final Transactions transactions;
    private final Alarms alarms;
    private final Clock clock;
    private final LongSupplier nanos;

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
    }

    Look look() throws SQLException {
        Look look = transactions.run(this::look);
        Optional<Ripe> jump = look.judge() ? transactions.run(this::ripe) : Optional.empty();
        if (jump.isPresent()) {
            putRight(jump.get());
            return new Look(look.judge(), look.watermarkUs(), true);
        }
        return look;
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
        }
        List<Heard> heard = Stations.heard(tx);
        Watermark watermark = Watermark.of(heard, Topic.SESSIONS.partitions(), now);
        Long reached = watermark.us() == null ? before.watermarkUs() : watermark.us();
        boolean waits = pausing || !Jumps.open(tx).isEmpty();
        Progress.write(tx, new State(reached, now, waits));
        List<Incident> incidents = new ArrayList<>();
        for (String station : Progress.blind(tx, watermark.blind(), now)) {
            incidents.add(Findings.blind(station));
        }
        if (shaken) {
            incidents.add(Findings.databaseClock(moved));
        }
        if (watermark.us() != null) {
            for (Gap gap : Process.gaps(Stations.processes(tx), watermark.us())) {
                Jumps.addGap(tx, gap);
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

    /**
     * The oldest jump, once it can be put right: every partition has been read beyond it, or that was waited for long
     * enough.
     */
    private Optional<Ripe> ripe(Connection tx) throws SQLException {
        List<Found> open = Jumps.open(tx);
        if (open.isEmpty() || !Progress.mine(tx)) {
            return Optional.empty();
        }
        Found first = open.getFirst();
        List<Heard> beyond = Stations.heard(tx).stream()
                .filter(heard -> heard.beat().station().equals(first.jump().station()))
                .filter(heard -> heard.beat().startedUs() > first.jump().startedUs()
                        || heard.beat().uptimeUs() >= first.jump().uptimeUs())
                .toList();
        long waited = clock.nowUs(tx) - first.foundUs();
        boolean read = beyond.size() == Topic.SESSIONS.partitions();
        if (!read && waited >= 0 && waited <= WAIT_FOR_PARTITIONS_US) {
            return Optional.empty();
        }
        long newest = beyond.stream()
                .mapToLong(heard -> heard.beat().atUs())
                .max()
                .orElse(first.jump().toUs());
        return Optional.of(new Ripe(first, Math.max(newest, first.jump().toUs())));
    }

    private void putRight(Ripe ripe) throws SQLException {
        Jump jump = ripe.found().jump();
        if (!jump.forward()) {
            String after = "";
            do {
                String from = after;
                after = transactions.run(tx -> isOpen(tx, ripe) ? Jumps.bringBack(tx, ripe.newestUs(), from) : "");
            } while (!after.isEmpty());
        }
        transactions.run(tx -> {
            if (isOpen(tx, ripe)) {
                if (jump.forward()) {
                    Jumps.addGap(tx, new Gap(jump.fromUs(), jump.toUs(), true));
                }
                Jumps.done(tx, ripe.found());
                alarms.raise(tx, List.of(Findings.jumped(jump)));
            }
            return true;
        });
    }

    private static boolean isOpen(Connection tx, Ripe ripe) throws SQLException {
        return Progress.mine(tx) && Jumps.open(tx).contains(ripe.found());
    }
}
