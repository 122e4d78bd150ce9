package identicom.simulator.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import identicom.simulator.SmallStation;
import identicom.simulator.SmallStation.Manner;
import identicom.simulator.unit.SimulatedUnit;
import identicom.wire.event.StandardEvent;
import identicom.wire.message.ToUnit;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawUnitTest {
    private static final Duration WAIT = Duration.ofSeconds(60);

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1400})
    void speaksInPiecesOfAnySize(int bytes) throws Exception {
        SimulatedUnit unit = new SimulatedUnit("RAW-1", "1.0", 3);
        for (int i = 0; i < 200; i++) {
            unit.log(StandardEvent.STATUS_CHECK, Instant.EPOCH);
        }
        try (SmallStation station = new SmallStation(Manner.READ_AND_DELETE);
                RawUnit raw = RawUnit.dial(station.address()).inPiecesOf(bytes)) {
            raw.send(unit.identification());
            Optional<ToUnit> request = raw.next(WAIT);
            while (request.isPresent()) {
                raw.send(unit.answer(request.get()).orElseThrow());
                request = raw.next(WAIT);
            }
        }
        assertThat(unit.empty()).isTrue();
    }

    @Test
    void waitsNoLongerThanTold() throws Exception {
        try (SmallStation station = new SmallStation(Manner.SAY_NOTHING);
                RawUnit raw = RawUnit.dial(station.address())) {
            assertThatThrownBy(() -> raw.next(Duration.ofMillis(50))).isInstanceOf(SocketTimeoutException.class);
        }
    }
}
