package identicom.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class AuditDetailTest {
    private static final int MAX = 65_536;

    @Test
    void whatFitsStandsAsItIs() {
        Map<String, String> detail = Map.of("role", "operator", "levels", "a".repeat(MAX));

        assertThat(AuditDetail.bounded(detail)).isEqualTo(detail);
    }

    @Test
    void inThePlaceOfALongTextStandItsLengthAndItsHash() {
        Map<String, String> bounded = AuditDetail.bounded(Map.of("levels", "a".repeat(1_000_000), "name", "night"));

        // the SHA-256 of a million times "a", from FIPS 180-2
        assertThat(bounded)
                .containsOnly(
                        Map.entry("name", "night"),
                        Map.entry(
                                "levels",
                                "1000000 characters, sha256"
                                        + " cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"));
    }

    @Test
    void oneCharacterMoreIsTooLong() {
        assertThat(AuditDetail.bounded(Map.of("levels", "é".repeat(MAX + 1))).get("levels"))
                .startsWith("65537 characters, sha256 ");
    }
}
