package identicom.alertservice.supervision;

import identicom.alertservice.store.Transactions;
import identicom.alertservice.supervision.store.Clock;
import identicom.alertservice.supervision.store.Jumps;
import identicom.alertservice.supervision.store.Progress;
import identicom.alertservice.supervision.store.Stations;
import java.sql.SQLException;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Looks which deadlines have passed. Every instance tries; one at a time does it. It costs what is due, not what exists.
 * One thread.
 */
public final class Sweep {

    /** A record's time is set a moment before the record is sent: the watermark must be this much beyond a deadline. */
    static final long HOLD_US = 1_000_000;

    private static final long FOLLOW_NANOS = 5_000_000_000L;
    private static final long FORGET_NANOS = 60_000_000_000L;
    private static final int ROUNDS = 200;

    private final Transactions transactions;
    private final Clock clock;
    private final StationWatch stations;
    private final Judging judging;
    private final LongSupplier nanos;
    private final Runnable committed;
    private final LongConsumer took;
    private long followed;
    private long forgot;

    /**
     * @param nanos a monotonic clock
     * @param committed called when alerts were raised
     * @param took is told how many nanoseconds a sweep took
     */
    Sweep(
            Transactions transactions,
            Alarms alarms,
            Clock clock,
            LongSupplier nanos,
            Runnable committed,
            LongConsumer took) {
        this.transactions = transactions;
        this.clock = clock;
        this.nanos = nanos;
        this.committed = committed;
        this.took = took;
        this.stations = new StationWatch(transactions, alarms, clock, nanos);
        this.judging = new Judging(transactions, alarms, clock, nanos);
        this.followed = nanos.getAsLong() - FOLLOW_NANOS;
        this.forgot = nanos.getAsLong();
    }

    public void run() throws SQLException {
        long start = nanos.getAsLong();
        StationWatch.Look look = stations.look();
        if (look.told()) {
            committed.run();
        }
        if (look.judge()) {
            judge(look.watermarkUs());
            upkeep(look.watermarkUs());
        }
        took.accept(nanos.getAsLong() - start);
    }

    private void judge(long watermarkUs) throws SQLException {
        boolean more = true;
        for (int round = 0; more && round < ROUNDS; round++) {
            Judging.Judged judged = judging.judge(watermarkUs);
            more = judged.more();
            if (judged.told()) {
                committed.run();
            }
        }
    }

    private void upkeep(long watermarkUs) throws SQLException {
        long now = nanos.getAsLong();
        if (now - followed >= FOLLOW_NANOS) {
            boolean more = judging.follow(watermarkUs);
            followed = more ? followed : now;
        }
        if (now - forgot >= FORGET_NANOS) {
            forgot = now;
            transactions.run(tx -> {
                if (Progress.mine(tx)) {
                    Stations.forget(tx, clock.nowUs(tx), watermarkUs);
                    Jumps.forget(tx, watermarkUs);
                }
                return true;
            });
        }
    }
}
