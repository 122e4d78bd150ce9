package identicom.fleetservice.units;

import com.google.protobuf.InvalidProtocolBufferException;
import identicom.runtime.kafka.Clusters;
import identicom.runtime.kafka.RetriableStorageException;
import identicom.schema.Cluster;
import identicom.schema.Topic;
import identicom.schema.v1.UnitRecord;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code identicom.units} from its beginning to where it ends now. */
final class UnitsTopic {
    private static final Logger LOG = LoggerFactory.getLogger(UnitsTopic.class);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration CALL_LIMIT = Duration.ofSeconds(10);
    private static final Duration STALL_LIMIT = Duration.ofSeconds(30);

    /** Takes what was read, in the order of the partitions. */
    @FunctionalInterface
    interface Reader {
        void read(List<UnitRecord> records) throws SQLException;
    }

    private UnitsTopic() {}

    /**
     * Hands over every unit's record; what is none is logged and passed over.
     *
     * @throws RetriableStorageException main does not answer, or nothing came for 30 s
     */
    static void readAll(Clusters clusters, Reader reader) throws SQLException {
        Map<String, Object> properties = clusters.consumer(Cluster.MAIN, Map.of("client.id", "units-republishing"));
        try (Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            readAll(consumer, reader);
        } catch (KafkaException e) {
            throw new RetriableStorageException("Kafka main: " + Topic.UNITS.topicName() + " cannot be read: " + e, e);
        }
    }

    private static void readAll(Consumer<byte[], byte[]> consumer, Reader reader) throws SQLException {
        List<TopicPartition> partitions = consumer.partitionsFor(Topic.UNITS.topicName(), CALL_LIMIT).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, CALL_LIMIT);
        long heardNanos = System.nanoTime();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey(), CALL_LIMIT) < end.getValue())) {
            List<UnitRecord> units = new ArrayList<>();
            consumer.poll(POLL).forEach(record -> add(record, units));
            if (!units.isEmpty()) {
                heardNanos = System.nanoTime();
                reader.read(units);
            } else if (System.nanoTime() - heardNanos > STALL_LIMIT.toNanos()) {
                throw new RetriableStorageException("Kafka main: nothing came of " + Topic.UNITS.topicName() + " for "
                        + STALL_LIMIT.toSeconds() + " s, and it was not read to its end");
            }
        }
    }

    private static void add(ConsumerRecord<byte[], byte[]> record, List<UnitRecord> units) {
        if (record.value() == null) {
            return;
        }
        try {
            units.add(UnitRecord.parseFrom(record.value()));
        } catch (InvalidProtocolBufferException e) {
            LOG.warn("{}-{} {}: not a unit's record, passed over", record.topic(), record.partition(), record.offset());
        }
    }
}
