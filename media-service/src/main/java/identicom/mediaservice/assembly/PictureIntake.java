package identicom.mediaservice.assembly;

import identicom.mediaservice.index.Adding;
import identicom.mediaservice.index.Index;
import identicom.mediaservice.index.Parts.Range;
import identicom.mediaservice.index.Parts.Reading;
import identicom.mediaservice.index.PictureKey;
import identicom.mediaservice.index.PictureRow;
import identicom.mediaservice.index.PictureState;
import identicom.mediaservice.index.StoreOwnership;
import identicom.mediaservice.store.PictureStore;
import identicom.mediaservice.store.PictureStore.Deposit;
import identicom.runtime.kafka.ConsumeLoop;
import identicom.runtime.kafka.PoisonException;
import identicom.runtime.kafka.RetriableStorageException;
import identicom.runtime.process.Metrics;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes batches of blocks in. A batch is one transaction of the index; the contents that became whole in it are on disk, under their
 * names, before it is committed. When this returns everything of the batch survives a power cut, and the offsets may be committed.
 * A batch that comes again changes nothing. One thread.
 */
public final class PictureIntake implements ConsumeLoop.Handler {
    private static final Logger LOG = LoggerFactory.getLogger(PictureIntake.class);

    private final Index index;
    private final PictureStore store;
    private final StoreOwnership ownership;
    private final BlockDecoder decoder;
    private final IntakeMeters meters;
    private boolean ownershipChecked;

    /** @param maxPictureBytes a picture above it is not put together: one is held in memory */
    public PictureIntake(
            Index index, PictureStore store, StoreOwnership ownership, int maxPictureBytes, Metrics metrics) {
        this.index = index;
        this.store = store;
        this.ownership = ownership;
        this.decoder = new BlockDecoder(maxPictureBytes);
        this.meters = new IntakeMeters(metrics);
    }

    @Override
    public void handle(List<ConsumerRecord<byte[], byte[]>> batch) throws PoisonException, SQLException {
        NavigableMap<PictureKey, Delivery> deliveries = new TreeMap<>();
        List<Instant> readAt = new ArrayList<>(batch.size());
        long bytes = 0;
        for (ConsumerRecord<byte[], byte[]> record : batch) {
            Block block = decoder.decode(record);
            readAt.add(block.readAt());
            bytes += block.data().length;
            deliveries.computeIfAbsent(block.key(), key -> new Delivery()).add(block);
        }
        if (deliveries.isEmpty()) {
            return;
        }
        try {
            store(deliveries);
        } catch (IOException e) {
            throw new RetriableStorageException("the store cannot be written: " + e, e);
        }
        meters.blocks(readAt, bytes);
    }

    private void store(NavigableMap<PictureKey, Delivery> deliveries) throws SQLException, IOException {
        if (!ownershipChecked) {
            ownership.check();
            ownershipChecked = true;
        }
        List<PictureRow> changed = new ArrayList<>();
        List<PictureRow> finished;
        try (Adding transaction = index.adding();
                Deposit deposit = store.deposit()) {
            SortedMap<PictureKey, PictureRow> rows = transaction.pictures(deliveries.navigableKeySet());
            Map<Reading, List<Range>> stored = transaction
                    .parts()
                    .ranges(rows.values().stream()
                            .filter(row -> row.state() != PictureState.COMPLETE)
                            .map(PictureRow::id)
                            .toList());
            Assembly assembly = new Assembly(transaction.parts(), deposit, stored);
            for (PictureRow before : rows.values()) {
                PictureRow row = assembly.with(before, deliveries.get(before.key()));
                if (!row.equals(before)) {
                    changed.add(row);
                }
            }
            finished = assembly.finished();
            transaction.parts().removeAll(finished.stream().map(PictureRow::id).toList());
            transaction.save(changed);
            deposit.commit();
            transaction.commit();
        }
        count(changed, finished);
    }

    private void count(List<PictureRow> changed, List<PictureRow> finished) {
        changed.forEach(row -> meters.became(row.state()));
        for (PictureRow row : finished) {
            meters.stored(row.received());
            LOG.debug("{} is {}", row.key(), row.state());
        }
    }
}
