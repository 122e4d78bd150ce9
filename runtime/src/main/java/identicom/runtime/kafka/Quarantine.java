package identicom.runtime.kafka;

import identicom.schema.Cluster;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Where records go that can never be used. */
@FunctionalInterface
public interface Quarantine {
    /**
     * Keeps {@code record} with the reason. Returns once it is kept.
     *
     * @param cluster where the record was read
     * @param service that met it
     * @param reason what was wrong, for a person
     * @throws RetriableStorageException it could not be kept for now
     */
    void poison(Cluster cluster, ConsumerRecord<byte[], byte[]> record, String service, String reason);
}
