package identicom.runtime.kafka;

import identicom.runtime.process.Metrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** What a consume loop counts. The label {@code loop} is the loop's name. */
final class ConsumeMeters implements AutoCloseable {
    private final MeterRegistry registry;
    private final Counter records;
    private final Counter retries;
    private final Counter poison;
    private final Timer batches;
    private final Gauge lagGauge;
    private volatile long lag;

    ConsumeMeters(String loop, Metrics metrics) {
        this.registry = metrics.registry();
        this.records = Counter.builder("identicom.consume.records")
                .description("Records handled")
                .tag("loop", loop)
                .register(registry);
        this.retries = Counter.builder("identicom.consume.retries")
                .description("Batches kept to be tried again")
                .tag("loop", loop)
                .register(registry);
        this.poison = Counter.builder("identicom.consume.poison")
                .description("Records sent to quarantine")
                .tag("loop", loop)
                .register(registry);
        this.batches = Timer.builder("identicom.consume.batch")
                .description("Time a batch took")
                .tag("loop", loop)
                .register(registry);
        this.lagGauge = Gauge.builder("identicom.consume.lag", () -> lag)
                .description("Records behind the end of the partitions assigned")
                .tag("loop", loop)
                .register(registry);
    }

    void handled(int count, long nanos) {
        records.increment(count);
        batches.record(nanos, TimeUnit.NANOSECONDS);
    }

    void retry() {
        retries.increment();
    }

    void poison() {
        poison.increment();
    }

    /** Asks the client, which answers from memory. */
    void lag(Consumer<byte[], byte[]> consumer) {
        long sum = 0;
        for (TopicPartition partition : consumer.assignment()) {
            OptionalLong one = consumer.currentLag(partition);
            sum += one.orElse(0);
        }
        lag = sum;
    }

    @Override
    public void close() {
        registry.remove(lagGauge);
    }
}
