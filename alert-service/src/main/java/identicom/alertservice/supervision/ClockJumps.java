package identicom.alertservice.supervision;

import identicom.alertservice.store.Transactions;
import identicom.alertservice.supervision.rule.Heard;
import identicom.alertservice.supervision.rule.Process.Jump;
import identicom.alertservice.supervision.store.Clock;
import identicom.alertservice.supervision.store.Jumps;
import identicom.alertservice.supervision.store.Jumps.Found;
import identicom.alertservice.supervision.store.Progress;
import identicom.alertservice.supervision.store.Stations;
import identicom.schema.Topic;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Puts deadlines right after a station's clock has jumped. Until then nothing is judged. One thread. */
final class ClockJumps {

    private static final long WAIT_FOR_PARTITIONS_US = 60_000_000;

    /** @param newestUs what the station's clock said last */
    private record Ripe(Found found, long newestUs) {}

    private final Transactions transactions;
    private final Alarms alarms;
    private final Clock clock;

    ClockJumps(Transactions transactions, Alarms alarms, Clock clock) {
        this.transactions = transactions;
        this.alarms = alarms;
        this.clock = clock;
    }

    /** @return whether one was put right; what was known of the watermark before does not hold then */
    boolean putRight() throws SQLException {
        Optional<Ripe> jump = transactions.run(this::ripe);
        if (jump.isPresent()) {
            putRight(jump.get());
        }
        return jump.isPresent();
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
                after = transactions.run(tx -> isOpen(tx, ripe) ? bringBack(tx, ripe, from) : "");
            } while (!after.isEmpty());
        }
        transactions.run(tx -> {
            if (isOpen(tx, ripe)) {
                if (jump.forward()) {
                    Jumps.skipped(tx, jump.station(), jump.fromUs(), jump.toUs());
                } else {
                    Jumps.unskipped(tx, jump);
                    Stations.coveredUpTo(tx, jump.station(), ripe.newestUs());
                    Progress.putBack(tx, ripe.newestUs());
                }
                Jumps.done(tx, ripe.found());
                alarms.raise(tx, List.of(Findings.jumped(jump)));
            }
            return true;
        });
    }

    private String bringBack(Connection tx, Ripe ripe, String after) throws SQLException {
        Progress.sweeping(tx, clock.nowUs(tx));
        return Jumps.bringBack(tx, ripe.found().jump().station(), ripe.newestUs(), after);
    }

    private static boolean isOpen(Connection tx, Ripe ripe) throws SQLException {
        return Progress.mine(tx) && Jumps.open(tx).contains(ripe.found());
    }
}
