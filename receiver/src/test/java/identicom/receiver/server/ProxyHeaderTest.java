package identicom.receiver.server;

import static identicom.receiver.server.Said.identification;
import static org.assertj.core.api.Assertions.assertThat;

import identicom.runtime.config.Network;
import identicom.wire.message.ReadEventLog;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyHeaderTest {
    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";
    /** 10.1.2.3:40312 to 10.9.9.9:7700. */
    private static final String V4 = SIGNATURE + "2111000c" + "0a010203" + "0a090909" + "9d78" + "1e14";

    private static final String LOCAL = SIGNATURE + "20000000";

    private final FakeStation station = new FakeStation(s -> trusting(s, "127.0.0.9/32"));

    private static ServerSettings trusting(ServerSettings s, String network) {
        return new ServerSettings(
                s.host(),
                s.port(),
                s.threads(),
                List.of(Network.parse(network)),
                s.maxConnections(),
                s.unidentifiedPercent(),
                Duration.ofMillis(100),
                s.limits(),
                s.probeInterval(),
                s.drainLimit(),
                s.heartbeat());
    }

    @AfterEach
    void close() {
        station.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1400})
    void fromATrustedNetworkTheHeadersAddressIsTheUnits(int piece) {
        try (RawUnit unit = new RawUnit(station.port(), piece, "127.0.0.9")) {
            unit.hex(V4).send(identification("A-1"));
            assertThat(unit.next()).isEqualTo(new ReadEventLog(0));
        }
        assertThat(station.sessionRecords.getFirst().getOpened().getSourceAddress())
                .isEqualTo("10.1.2.3:40312");
    }

    @Test
    void aLocalHeaderKeepsTheConnectionsOwnAddress() {
        try (RawUnit unit = new RawUnit(station.port(), 1400, "127.0.0.9")) {
            unit.hex(LOCAL).send(identification("A-1"));
            assertThat(unit.next()).isEqualTo(new ReadEventLog(0));
            assertThat(station.sessionRecords.getFirst().getOpened().getSourceAddress())
                    .isEqualTo("127.0.0.9:" + unit.localPort());
        }
    }

    @Test
    void fromATrustedNetworkItsAbsenceIsAFramingError() {
        try (RawUnit unit = new RawUnit(station.port(), 1400, "127.0.0.9")) {
            assertThat(unit.send(identification("A-1")).next()).isNull();
        }
        station.counted("identicom.receiver.proxy.faults", "kind", "missing");
        station.counted("identicom.receiver.sessions.ended", "reason", "framing-error");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SIGNATURE + "21110209", // one byte more than 536
                SIGNATURE + "2111000400000000", // no room for the addresses
                SIGNATURE + "3111000c0a0102030a0909099d781e14", // version 3
            })
    void aMalformedHeaderIsAFramingError(String hex) {
        try (RawUnit unit = new RawUnit(station.port(), 1400, "127.0.0.9")) {
            assertThat(unit.hex(hex).next()).isNull();
        }
        station.counted("identicom.receiver.proxy.faults", "kind", "malformed");
    }

    @Test
    void aVersionOneHeaderIsAFramingError() {
        try (RawUnit unit = new RawUnit(station.port(), 1400, "127.0.0.9")) {
            assertThat(unit.bytes("PROXY TCP4 1.2.3.4 5.6.7.8 1 2\r\n"
                                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                            .next())
                    .isNull();
        }
        station.counted("identicom.receiver.proxy.faults", "kind", "missing");
    }

    @Test
    void fromAnywhereElseSuchAHeaderIsAFramingError() {
        try (RawUnit unit = new RawUnit(station.port())) {
            assertThat(unit.hex(V4).next()).isNull();
        }
        station.counted("identicom.receiver.faults", "kind", "no-frame-start");
        station.counted("identicom.receiver.proxy.faults", "kind", "untrusted");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1400})
    void fromAnywhereElseNoHeaderIsNeeded(int piece) {
        try (RawUnit unit = new RawUnit(station.port(), piece)) {
            assertThat(unit.send(identification("A-1")).next()).isEqualTo(new ReadEventLog(0));
        }
        assertThat(station.count("identicom.receiver.proxy.faults", "kind", "untrusted"))
                .isZero();
    }

    @Test
    void fromAnywhereElseAnotherWrongBeginningIsNoHeader() {
        try (RawUnit unit = new RawUnit(station.port())) {
            assertThat(unit.hex("0d0a0d0a000d0a515549540b" + "00".repeat(16)).next())
                    .isNull();
        }
        station.counted("identicom.receiver.faults", "kind", "no-frame-start");
        assertThat(station.count("identicom.receiver.proxy.faults", "kind", "untrusted"))
                .isZero();
    }
}
