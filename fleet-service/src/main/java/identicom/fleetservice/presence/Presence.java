package identicom.fleetservice.presence;

import identicom.fleetservice.storage.Transactions;
import identicom.runtime.kafka.PoisonException;
import identicom.schema.v1.Event;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** When and where units were last heard: each batch of records becomes one transaction of a few statements. */
public final class Presence {
    private final Transactions transactions;
    private final Clock clock;

    public Presence(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Takes records of the event topics. */
    public void events(List<ConsumerRecord<byte[], byte[]>> records) throws PoisonException, SQLException {
        EventBatch batch = new EventBatch();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            Event event = Contact.event(record);
            batch.add(event);
        }
        transactions.write(tx -> {
            for (List<Newest> round : batch.rounds()) {
                PresenceStore.events(tx, round, nowUs());
            }
            return true;
        });
    }

    /** Takes records of the sessions, in the order of their partitions. */
    public void sessions(List<ConsumerRecord<byte[], byte[]>> records) throws PoisonException, SQLException {
        SessionBatch batch = new SessionBatch();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            batch.add(Contact.session(record), record.offset());
        }
        transactions.write(tx -> {
            PresenceStore.sessions(tx, batch, nowUs());
            return true;
        });
    }

    private long nowUs() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    }
}
