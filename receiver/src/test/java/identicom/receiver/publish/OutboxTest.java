package identicom.receiver.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import identicom.receiver.metrics.Outlet;
import identicom.receiver.metrics.ReceiverMetrics;
import identicom.runtime.config.Configuration;
import identicom.runtime.tracing.Tracing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private static final byte[] BYTES = {1};

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final List<Boolean> outcomes = new CopyOnWriteArrayList<>();
    private final AtomicInteger crowdedChanges = new AtomicInteger();
    private final AtomicBoolean useless = new AtomicBoolean();
    private final AtomicInteger made = new AtomicInteger();
    private final CountDownLatch blocked = new CountDownLatch(1);
    private Outbox outbox = outbox(() -> producer, Duration.ofMinutes(1));

    private Outbox outbox(Supplier<Producer<byte[], byte[]>> producers, Duration limit) {
        return new Outbox(
                Outlet.CRITICAL_MAIN,
                "topic",
                16,
                limit,
                Duration.ofSeconds(1),
                producers,
                useless::get,
                crowdedChanges::incrementAndGet,
                new ReceiverMetrics(new SimpleMeterRegistry()),
                System::nanoTime);
    }

    @AfterEach
    void close() {
        blocked.countDown();
        outbox.close();
    }

    private Producer<byte[], byte[]> failingAtFirst() {
        if (made.incrementAndGet() == 1) {
            throw new IllegalArgumentException("no producer yet");
        }
        return producer;
    }

    private Producer<byte[], byte[]> blocking() {
        made.incrementAndGet();
        try {
            blocked.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return producer;
    }

    @Test
    void aRecordIsDurableOnlyOnceTheBrokerHasIt() {
        outbox.start();
        outbox.offer(BYTES, BYTES, outcomes::add);
        await().until(() -> producer.history().size() == 1);
        assertThat(outcomes).isEmpty();
        producer.completeNext();
        assertThat(outcomes).containsExactly(true);
    }

    @Test
    void aTracedRecordCarriesItsTraceAndAnyOtherNothing() {
        Map<String, String> nobodyTakesSpans = Map.of("traces.endpoint", "http://127.0.0.1:1/v1/traces");
        try (Tracing tracing = Tracing.from(Configuration.of(nobodyTakesSpans, Tracing.KEYS), "identicom-receiver")) {
            outbox.start();
            outbox.offer(BYTES, BYTES, tracing.begin("take event", true, 1), outcomes::add);
            outbox.offer(BYTES, BYTES, Tracing.OFF.begin("take event", true, 1), outcomes::add);
            outbox.offer(BYTES, BYTES, outcomes::add);
            await().until(() -> producer.history().size() == 3);
            assertThat(new String(
                            producer.history()
                                    .getFirst()
                                    .headers()
                                    .lastHeader("traceparent")
                                    .value(),
                            StandardCharsets.US_ASCII))
                    .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-03");
            assertThat(producer.history().get(1).headers()).isEmpty();
            assertThat(producer.history().get(2).headers()).isEmpty();
        }
    }

    @Test
    void aRecordTheBrokerRefusedIsLost() {
        outbox.start();
        outbox.offer(BYTES, BYTES, outcomes::add);
        await().until(() -> producer.history().size() == 1);
        producer.errorNext(new KafkaException("no"));
        assertThat(outcomes).containsExactly(false);
    }

    @Test
    void aRecordIsLostHereAndNowWhenOutboxFull() {
        outbox = outbox(this::blocking, Duration.ofMinutes(1));
        outbox.offer(BYTES, BYTES, outcomes::add);
        outbox.start();
        await().until(() -> made.get() == 1);
        for (int i = 0; i < 16; i++) {
            outbox.offer(BYTES, BYTES, outcomes::add);
        }
        assertThat(outcomes).isEmpty();
        assertThat(outbox.crowded()).isTrue();
        outbox.offer(BYTES, BYTES, outcomes::add);
        assertThat(outcomes).containsExactly(false);
        blocked.countDown();
        await().until(() -> producer.history().size() == 17);
        await().until(() -> !outbox.crowded());
        await().untilAsserted(() -> assertThat(crowdedChanges).hasValue(2));
    }

    @Test
    void whatWaitedTooLongIsLostWithoutBeingSent() {
        outbox = outbox(this::blocking, Duration.ofMillis(50));
        outbox.start(); // with nothing to send it makes its producer ahead of time
        await().until(() -> made.get() == 1);
        outbox.offer(BYTES, BYTES, outcomes::add);
        long offeredNanos = System.nanoTime();
        await().until(() ->
                System.nanoTime() - offeredNanos > Duration.ofMillis(50).toNanos());
        blocked.countDown();
        await().until(() -> outcomes.equals(List.of(false)));
        assertThat(producer.history()).isEmpty();
    }

    @Test
    void nothingIsSentWhileItWouldBeUseless() {
        useless.set(true);
        outbox.start();
        outbox.offer(BYTES, BYTES, outcomes::add);
        await().until(() -> outcomes.equals(List.of(false)));
        useless.set(false);
        outbox.offer(BYTES, BYTES, outcomes::add);
        await().until(() -> producer.history().size() == 1);
    }

    @Test
    void aProducerThatFailsAheadOfTimeIsMadeAnew() {
        outbox = outbox(this::failingAtFirst, Duration.ofMinutes(1));
        outbox.start();
        await().until(() -> made.get() > 0);
        outbox.offer(BYTES, BYTES, outcomes::add);
        await().until(() -> producer.history().size() == 1);
    }

    @Test
    void aProducerThatFailsIsMadeAnew() {
        outbox = outbox(this::failingAtFirst, Duration.ofMinutes(1));
        outbox.offer(BYTES, BYTES, outcomes::add);
        outbox.start();
        await().until(() -> outcomes.equals(List.of(false)));
        outbox.offer(BYTES, BYTES, outcomes::add);
        await().until(() -> producer.history().size() == 1);
    }

    /** As one does that has no id yet, with no controller there to give it one: Kafka's own time limit does not end what it holds. */
    private static final class Mute extends MockProducer<byte[], byte[]> {
        Mute() {
            super(false, null, new ByteArraySerializer(), new ByteArraySerializer());
        }

        @Override
        public void close(Duration timeout) {
            while (errorNext(new KafkaException("closed"))) {}
            super.close(timeout);
        }
    }

    @Test
    void aProducerThatNeverAnswersIsMadeAnewAndWhatItHeldIsLost() {
        Mute mute = new Mute();
        outbox = outbox(() -> made.getAndIncrement() == 0 ? mute : producer, Duration.ofSeconds(1));
        outbox.start();
        outbox.offer(BYTES, BYTES, outcomes::add);
        await().until(() -> outcomes.equals(List.of(false)));
        assertThat(mute.closed()).isTrue();
        outbox.offer(BYTES, BYTES, outcomes::add);
        await().until(() -> producer.history().size() == 1);
    }
}
