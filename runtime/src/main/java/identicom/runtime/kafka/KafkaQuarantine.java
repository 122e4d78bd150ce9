package identicom.runtime.kafka;

import com.google.protobuf.ByteString;
import identicom.runtime.process.Metrics;
import identicom.schema.Cluster;
import identicom.schema.Topic;
import identicom.schema.v1.QuarantineKind;
import identicom.schema.v1.Quarantined;
import io.micrometer.core.instrument.Counter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps poison in {@code identicom.quarantine} of both clusters. A record is kept when one of them has acknowledged it. The same poison
 * gets the same id, so that readers know it when it comes twice. Any thread; a call blocks for at most 10 s.
 */
public final class KafkaQuarantine implements Quarantine, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaQuarantine.class);
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Map<Cluster, Producer<byte[], byte[]>> producers = new EnumMap<>(Cluster.class);
    private final Counter kept;

    public KafkaQuarantine(Clusters clusters, Metrics metrics) {
        for (Cluster cluster : Topic.QUARANTINE.clusters()) {
            String clientId = "quarantine-" + cluster.word();
            producers.put(
                    cluster,
                    clusters.newProducer(
                            cluster,
                            clientId,
                            Map.of("max.block.ms", 2_000, "delivery.timeout.ms", 5_000, "buffer.memory", 8L << 20)));
        }
        this.kept = Counter.builder("identicom.quarantine.poison")
                .description("Poison records kept in quarantine")
                .register(metrics.registry());
    }

    @Override
    public void poison(Cluster cluster, ConsumerRecord<byte[], byte[]> record, String service, String reason) {
        byte[] value = message(cluster, record, service, reason).toByteArray();
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        RetriableStorageException failure = new RetriableStorageException("quarantine cannot be reached");
        for (Producer<byte[], byte[]> producer : producers.values()) {
            try {
                sent.add(producer.send(new ProducerRecord<>(Topic.QUARANTINE.topicName(), record.key(), value)));
            } catch (KafkaException e) {
                failure.addSuppressed(e);
            }
        }
        if (!anyAcknowledged(sent, failure)) {
            throw failure;
        }
        kept.increment();
        LOG.warn(
                "{} put record {}-{} at {} of {} into quarantine: {}",
                service,
                record.topic(),
                record.partition(),
                record.offset(),
                cluster,
                reason);
    }

    private static boolean anyAcknowledged(List<Future<RecordMetadata>> sent, RetriableStorageException failure) {
        long end = System.nanoTime() + LIMIT.toNanos();
        boolean acknowledged = false;
        for (Future<RecordMetadata> one : sent) {
            try {
                one.get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
                acknowledged = true;
            } catch (ExecutionException | TimeoutException e) {
                failure.addSuppressed(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw failure;
            }
        }
        return acknowledged;
    }

    private static Quarantined message(
            Cluster cluster, ConsumerRecord<byte[], byte[]> record, String service, String reason) {
        String where = cluster.word();
        String origin = service + "|" + where + "|" + record.topic() + "|" + record.partition() + "|" + record.offset()
                + "|" + record.timestamp();
        Quarantined.Builder message = Quarantined.newBuilder()
                .setId(UUID.nameUUIDFromBytes(origin.getBytes(StandardCharsets.UTF_8))
                        .toString())
                .setKind(QuarantineKind.POISON)
                .setReason(reason)
                .setAtUs(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()))
                .setService(service)
                .setCluster(where)
                .setTopic(record.topic())
                .setPartition(record.partition())
                .setOffset(record.offset());
        if (record.key() != null) {
            message.setKey(ByteString.copyFrom(record.key()));
        }
        if (record.value() != null) {
            message.setValue(ByteString.copyFrom(record.value()));
        }
        return message.build();
    }

    @Override
    public void close() {
        producers.values().forEach(producer -> producer.close(LIMIT));
    }
}
