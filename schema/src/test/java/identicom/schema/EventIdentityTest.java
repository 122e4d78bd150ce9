package identicom.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventIdentityTest {
    private static final byte[] RAW = HexFormat.of().parseHex("0100000000f15365030000000000000000000000");

    @Test
    void isTheSameOnEveryMachineAndInEveryVersion() {
        // Computed apart from this code: sha256 of the 34 bytes that the class comment draws.
        EventIdentity identity = EventIdentity.of("MAN-1", 0x1234, RAW);
        assertThat(identity).hasToString("d31113b5dd04cd22c3637094b2a9b2bfd4b6621a8606ef37c240d119c727acaf");
        assertThat(identity.alertId()).isEqualTo(UUID.fromString("d31113b5-dd04-8d22-8363-7094b2a9b2bf"));
    }

    @Test
    void theAlertIdIsAUuidOfVersionEight() {
        UUID id = EventIdentity.of("MAN-1", 1, RAW).alertId();
        assertThat(id.version()).isEqualTo(8);
        assertThat(id.variant()).isEqualTo(2);
    }

    @Test
    void differsBySerialByLogAndByEachByteOfTheEntry() {
        EventIdentity identity = EventIdentity.of("MAN-1", 1, RAW);
        assertThat(EventIdentity.of("MAN-10", 1, RAW)).isNotEqualTo(identity);
        assertThat(EventIdentity.of("MAN-1", 2, RAW)).isNotEqualTo(identity);
        for (int i = 0; i < RAW.length; i++) {
            byte[] other = RAW.clone();
            other[i] ^= 1;
            assertThat(EventIdentity.of("MAN-1", 1, other)).isNotEqualTo(identity);
        }
        assertThat(EventIdentity.of("MAN-1", 1, RAW.clone()))
                .isEqualTo(identity)
                .hasSameHashCodeAs(identity);
    }

    @Test
    void comesBackFromItsBytes() {
        EventIdentity identity = EventIdentity.of("MAN-1", 1, RAW);
        assertThat(EventIdentity.ofBytes(identity.bytes())).isEqualTo(identity);
    }

    @Test
    void refusesWhatIsNoEvent() {
        assertThatThrownBy(() -> EventIdentity.of("", 1, RAW)).hasMessage("serial: 0 bytes (expected: 1..12)");
        assertThatThrownBy(() -> EventIdentity.of("1234567890123", 1, RAW))
                .hasMessage("serial: 13 bytes (expected: 1..12)");
        assertThatThrownBy(() -> EventIdentity.of("MAN-1", 0x8000, RAW))
                .hasMessage("log id: 32768 (expected: 0..32767)");
        assertThatThrownBy(() -> EventIdentity.of("MAN-1", 1, new byte[19]))
                .hasMessage("raw entry: 19 bytes (expected: 20)");
        assertThatThrownBy(() -> EventIdentity.ofBytes(new byte[31])).hasMessage("identity: 31 bytes (expected: 32)");
    }
}
