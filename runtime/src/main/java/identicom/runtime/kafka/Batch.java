package identicom.runtime.kafka;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Records that were read and not handled yet, and the offsets to commit once they are. Confined to one thread. */
final class Batch {
    private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    private final Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();

    void add(ConsumerRecord<byte[], byte[]> record) {
        records.add(record);
        next.put(partition(record), new OffsetAndMetadata(record.offset() + 1));
    }

    /** Takes one record out: it is handled otherwise, its offset is committed with the others'. */
    boolean remove(ConsumerRecord<byte[], byte[]> record) {
        return records.removeIf(
                one -> one.offset() == record.offset() && partition(one).equals(partition(record)));
    }

    /** Takes out what belongs to partitions that someone else reads now. */
    void forget(Collection<TopicPartition> partitions) {
        records.removeIf(one -> partitions.contains(partition(one)));
        partitions.forEach(next::remove);
    }

    List<ConsumerRecord<byte[], byte[]>> records() {
        return List.copyOf(records);
    }

    Map<TopicPartition, OffsetAndMetadata> next() {
        return Map.copyOf(next);
    }

    boolean isEmpty() {
        return records.isEmpty() && next.isEmpty();
    }

    void clear() {
        records.clear();
        next.clear();
    }

    private static TopicPartition partition(ConsumerRecord<byte[], byte[]> record) {
        return new TopicPartition(record.topic(), record.partition());
    }
}
