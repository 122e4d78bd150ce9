package identicom.runtime.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import identicom.runtime.config.Configuration;
import identicom.runtime.process.Metrics;
import identicom.testing.TestCollector;
import identicom.testing.TestCollector.Span;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class TracingTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String NOBODY = "http://127.0.0.1:1/v1/traces";
    private static final long SINCE_US = 1_800_000_000_000_000L;

    private static Tracing tracing(String endpoint, String sample, String process) {
        Map<String, String> values = new HashMap<>(Map.of("traces.endpoint", endpoint, "traces.sample", sample));
        return Tracing.from(Configuration.of(values, Tracing.KEYS), process);
    }

    @Test
    void oneTraceGoesFromTheStationByTheHeaderToTheService() throws Exception {
        try (TestCollector collector = new TestCollector();
                Tracing station = tracing(collector.endpoint(), "0", "identicom-receiver");
                Tracing service = tracing(collector.endpoint(), "0", "identicom-log-service")) {
            var taken = station.begin("take event", true, SINCE_US).with("identicom.serial", "A-1");
            var sending = taken.sending("send events");
            byte[] header = sending.traceparent();
            taken.end();
            sending.end();
            service.handling("handle log-events", header).end();

            await().atMost(SOON).until(() -> collector.spans().size() == 3);

            Span first = collector.named("take event").getFirst();
            Span sent = collector.named("send events").getFirst();
            Span handled = collector.named("handle log-events").getFirst();
            assertThat(new String(header, StandardCharsets.US_ASCII))
                    .as("sampled, and its id is random")
                    .isEqualTo("00-" + sent.trace() + "-" + sent.id() + "-03");
            assertThat(List.of(first.trace(), sent.trace(), handled.trace())).containsOnly(first.trace());
            assertThat(first.parent()).isEmpty();
            assertThat(sent.parent()).isEqualTo(first.id());
            assertThat(handled.parent()).isEqualTo(sent.id());
            assertThat(List.of(first.kind(), sent.kind(), handled.kind())).containsExactly(2, 4, 5);
            assertThat(first.attributes()).containsEntry("identicom.serial", "A-1");
            assertThat(first.startNanos()).isEqualTo(SINCE_US * 1_000);
            assertThat(first.process()).isEqualTo("identicom-receiver");
            assertThat(handled.process()).isEqualTo("identicom-log-service");
            assertThat(handled.failed()).isFalse();
        }
    }

    @Test
    void withoutAnEndpointThereIsNothing() {
        Tracing off = Tracing.from(Configuration.of(Map.of("traces.sample", "1"), Tracing.KEYS), "identicom-receiver");
        assertThat(off).isSameAs(Tracing.OFF);
        var span = off.begin("take event", true, SINCE_US);
        assertThat(span).isSameAs(identicom.runtime.tracing.Span.NONE);
        assertThat(span.sending("send").traceparent()).isNull();
    }

    @Test
    void emergenciesAreTracedWhateverTheShareOfTheRest() {
        try (Tracing none = tracing(NOBODY, "0", "p");
                Tracing half = tracing(NOBODY, "0.5", "p");
                Tracing all = tracing(NOBODY, "1", "p")) {
            assertThat(traced(none, false)).isZero();
            assertThat(traced(none, true)).isEqualTo(1_000);
            assertThat(traced(half, false)).isBetween(400L, 600L);
            assertThat(traced(all, false)).isEqualTo(1_000);
        }
    }

    private static long traced(Tracing tracing, boolean emergency) {
        return IntStream.range(0, 1_000)
                .filter(i -> tracing.begin("take event", emergency, SINCE_US).traceparent() != null)
                .count();
    }

    @Test
    void aHeaderThatIsNoneOrAsksForNothingIsPassedOver() {
        try (Tracing tracing = tracing(NOBODY, "1", "p")) {
            for (String header : List.of(
                    "",
                    "00",
                    "00-00000000000000000000000000000000-0000000000000000-01",
                    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00",
                    "zz-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")) {
                assertThat(tracing.handling("handle", header.getBytes(StandardCharsets.UTF_8)))
                        .as(header)
                        .isSameAs(identicom.runtime.tracing.Span.NONE);
            }
            assertThat(tracing.handling("handle", null)).isSameAs(identicom.runtime.tracing.Span.NONE);
        }
    }

    @Test
    void anEndpointThatIsAwayCostsSpansAndOneLineOfTheLog() {
        Logger logger = (Logger) LoggerFactory.getLogger(TellingExporter.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try (Metrics metrics = new Metrics(tracing(NOBODY, "1", "p"))) {
            metrics.tracing().begin("take event", true, SINCE_US).end();
            await().atMost(SOON).until(() -> lost(metrics) == 1);
            metrics.tracing().begin("take event", true, SINCE_US).failed("on purpose");
            await().atMost(SOON).until(() -> lost(metrics) == 2);
        } finally {
            logger.detachAppender(lines);
        }
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(NOBODY + " does not take spans: traces are lost until it does");
    }

    private static double lost(Metrics metrics) {
        return metrics.registry()
                .get("identicom.traces.spans")
                .tag("outcome", "lost")
                .functionCounter()
                .count();
    }

    @Test
    void whatIsLeftIsHandedOverAtTheEnd() throws Exception {
        try (TestCollector collector = new TestCollector()) {
            try (Tracing tracing = tracing(collector.endpoint(), "1", "p")) {
                tracing.begin("take event", false, SINCE_US).failed("lost");
            }
            assertThat(collector.named("take event"))
                    .singleElement()
                    .satisfies(span -> assertThat(span.failed()).isTrue());
        }
    }

    @Test
    void anAddressWithoutAPathOrWithAPasswordIsRefused() {
        for (String wrong :
                List.of("collector:4318", "http://collector:4318", "http://me:secret@collector/v1/traces")) {
            assertThatThrownBy(() -> tracing(wrong, "1", "p")).hasMessageContaining("traces.endpoint");
        }
        assertThatThrownBy(() -> tracing(NOBODY, "1.5", "p")).hasMessageContaining("traces.sample");
    }
}
