package identicom.receiver.server;

import static identicom.receiver.server.Said.identification;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import identicom.wire.message.ReadEventLog;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** One line a session, with what happened in it as fields; none for a probe. */
class AccessLineTest {
    private final FakeStation station = new FakeStation();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Logger access = (Logger) LoggerFactory.getLogger("access");

    @BeforeEach
    void listen() {
        lines.start();
        access.addAppender(lines);
    }

    @AfterEach
    void close() {
        access.detachAppender(lines);
        station.close();
    }

    @Test
    void aSessionIsOneLineAndAProbeNone() {
        try (RawUnit probe = new RawUnit(station.port())) {
            probe.hex("1e 00 1e");
            assertThat(probe.next()).isNotNull();
        }
        try (RawUnit unit = new RawUnit(station.port())) {
            unit.send(identification("B-1"));
            assertThat(unit.next()).isEqualTo(new ReadEventLog(0));
            Said said = Said.entries(3);
            unit.send(said.firstAnswer());
            said.converse(unit);
        }
        await().until(() -> station.sessions.openCount() == 0 && !lines.list.isEmpty());

        assertThat(lines.list).singleElement().satisfies(line -> {
            Map<String, Object> fields =
                    line.getKeyValuePairs().stream().collect(Collectors.toMap(pair -> pair.key, pair -> pair.value));
            assertThat(fields)
                    .containsEntry("serial", "B-1")
                    .containsEntry("outcome", "complete")
                    .containsEntry("events", 3)
                    .containsKeys("session", "station", "durationMs", "deletes");
            assertThat(fields.get("source").toString()).matches("127\\.0\\.0\\.1:\\d+");
            assertThat((long) fields.get("bytesIn")).isGreaterThan(60);
            assertThat((long) fields.get("bytesOut")).isPositive();
        });
    }
}
