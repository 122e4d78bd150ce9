package identicom.receiver.server;

import static identicom.receiver.server.Said.identification;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import identicom.wire.message.ReadEventLog;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** Each hostile input ends its connection, is counted by its kind, leaves no stack trace, and no other session notices. */
class HostileInputTest {
    private static final String ID = "1e 81 41 2d 31 00 00 00 00 00 00 00 00 00 31 2e 30 00 00 00 1e";

    private final FakeStation station = new FakeStation();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    /** Of others, such as clients of an earlier test that find no broker any more, nothing is wanted. */
    private final List<Logger> loggers = List.of((Logger) LoggerFactory.getLogger("identicom.receiver.server"), (Logger)
            LoggerFactory.getLogger("io.netty"));

    @BeforeEach
    void listen() {
        log.start();
        loggers.forEach(logger -> logger.addAppender(log));
    }

    @AfterEach
    void close() {
        loggers.forEach(logger -> logger.detachAppender(log));
        station.close();
    }

    @ParameterizedTest
    @CsvSource({
        "no-frame-start, 47 45 54 20 2f 0d 0a, framing-error",
        "control-as-type, 1e 1d 1e, framing-error",
        "bad-escape, 1e 81 1d 41 1e, framing-error",
        "bad-escape, 1e 81 1d 1e, framing-error",
        "no-frame-start, ID ff, framing-error",
        "no-frame-start, ID 00 00, framing-error",
        "unknown-type, 1e 55 1e, protocol-error",
        "unknown-type, ID 1e 99 1e, protocol-error",
        "wrong-direction, 1e 02 00 00 00 00 1e, protocol-error",
        "wrong-direction, ID 1e 03 00 00 00 00 1e, protocol-error",
        "wrong-length, 1e 81 41 1e, protocol-error",
        "wrong-length, ID 1e 82 00 00 07 00 01 1e, protocol-error",
        "wrong-length, ID 1e 83 00 1e, protocol-error",
        "bad-serial, 1e 81 61 00 00 00 00 00 00 00 00 00 00 00 31 00 00 00 00 00 1e, protocol-error",
        "bad-version, 1e 81 41 00 00 00 00 00 00 00 00 00 00 00 01 00 00 00 00 00 1e, protocol-error",
        "remaining-without-entry, ID 1e 82 05 00 07 00 1e, protocol-error",
    })
    void aFaultEndsTheConnectionAndIsCountedByItsKind(String kind, String hex, String end) {
        endsAlone(hex.replace("ID", ID));
        station.counted("identicom.receiver.faults", "kind", kind);
        station.counted("identicom.receiver.sessions.ended", "reason", end);
    }

    @ParameterizedTest
    @CsvSource({
        "first-frame, 1e 83 05 00 00 00 1e",
        "late-probe, ID 1e 00 1e",
        "not-asked, ID 1e 83 05 00 00 00 1e",
        "not-asked, ID 1e 84 05 00 00 00 00 1e",
        "not-asked, ID 1e c0 00 1e",
        "not-asked, ID 1e c2 01 00 1e",
        "identification-changed, ID 1e 81 42 00 00 00 00 00 00 00 00 00 00 00 31 00 00 00 00 00 1e"
    })
    void aMisstepEndsTheConnectionAndIsCountedByItsKind(String kind, String hex) {
        endsAlone(hex.replace("ID", ID));
        station.counted("identicom.receiver.missteps", "kind", kind);
    }

    @Test
    void aFrameThatIsTooLongIsNotReadToItsEnd() {
        endsAlone("1e 82" + " 41".repeat(1025));
        station.counted("identicom.receiver.faults", "kind", "frame-too-long");
    }

    private void endsAlone(String hex) {
        try (RawUnit other = new RawUnit(station.port());
                RawUnit hostile = new RawUnit(station.port())) {
            other.send(identification("B-1"));
            assertThat(other.next()).isEqualTo(new ReadEventLog(0));
            hostile.hex(hex);
            drain(hostile);
            Said said = Said.entries(3);
            other.send(said.firstAnswer());
            said.converse(other);
            assertThat(said.log).isEmpty();
        }
        await().until(() -> station.sessions.openCount() == 0);
        assertThat(log.list)
                .allSatisfy(line -> assertThat(line.getThrowableProxy()).isNull());
        assertThat(log.list).noneMatch(line -> line.getLevel().isGreaterOrEqual(Level.WARN));
    }

    private static void drain(RawUnit unit) {
        List<Object> got = new java.util.ArrayList<>();
        for (Object message = unit.next(); message != null; message = unit.next()) {
            got.add(message);
        }
        assertThat(got).hasSizeLessThanOrEqualTo(1);
    }
}
