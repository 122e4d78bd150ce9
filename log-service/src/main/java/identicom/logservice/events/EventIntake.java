package identicom.logservice.events;

import identicom.runtime.kafka.ConsumeLoop;
import identicom.runtime.kafka.PoisonException;
import identicom.schema.EventIdentity;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Stores batches of event records: each identity once, with the highest trust it was ever delivered with. */
public final class EventIntake implements ConsumeLoop.Handler {
    private final EventStore store;

    public EventIntake(EventStore store) {
        this.store = store;
    }

    @Override
    public void handle(List<ConsumerRecord<byte[], byte[]>> batch) throws PoisonException, SQLException {
        Map<EventIdentity, EventRow> rows = HashMap.newHashMap(batch.size());
        for (ConsumerRecord<byte[], byte[]> record : batch) {
            EventRow row = EventDecoder.decode(record);
            rows.merge(
                    row.identity(), row, (first, again) -> again.whitelisted() && !first.whitelisted() ? again : first);
        }
        store.store(rows.values(), batch.size() - rows.size());
    }
}
