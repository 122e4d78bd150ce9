package identicom.alertservice.supervision;

import identicom.alertservice.store.Transactions;
import identicom.alertservice.supervision.store.Clock;
import identicom.alertservice.supervision.store.Progress;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Whether what units said, what was said of them, and who was heard are read to about the same time. The watermark tells
 * of sessions alone; that a unit was switched off, or decommissioned, comes by other topics. So the watermark is noted,
 * then where all these topics end; when they have been read to there the watermark noted is in step, and the next one is
 * noted. The ends are taken once, so a topic into which much is written delays this and never stops it. One thread.
 */
final class InStep {

    /** @param ends where the topics ended when the watermark was this, or later */
    private record Awaited(long watermarkUs, Map<TopicPartition, Long> ends) {
        boolean reached(Map<TopicPartition, Long> read) {
            return ends.entrySet().stream().allMatch(end -> read.getOrDefault(end.getKey(), 0L) >= end.getValue());
        }
    }

    private final Transactions transactions;
    private final Positions positions;
    private final Clock clock;
    private @Nullable Awaited awaited;

    InStep(Transactions transactions, Positions positions, Clock clock) {
        this.transactions = transactions;
        this.positions = positions;
        this.clock = clock;
    }

    void run() throws SQLException, ExecutionException, InterruptedException {
        Awaited now = awaited != null ? awaited : next();
        awaited = now;
        if (now != null && now.reached(positions.read())) {
            transactions.run(tx -> {
                Progress.inStep(tx, now.watermarkUs(), clock.nowUs(tx));
                return true;
            });
            awaited = null;
        }
    }

    private @Nullable Awaited next() throws SQLException, ExecutionException, InterruptedException {
        Long watermark = transactions.run(Progress::state).watermarkUs();
        return watermark == null ? null : new Awaited(watermark, positions.ends());
    }
}
