package identicom.alertservice.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HoursTest {

    private static final List<String> WORKDAYS = List.of("mon", "tue", "wed", "thu", "fri");

    /** 2026-06-01 is a Monday; London is an hour ahead of UTC then, and as UTC on 2026-01-05, a Monday too. */
    @ParameterizedTest
    @CsvSource({
        "08:00, 18:00, 2026-06-01T06:59:59Z, false",
        "08:00, 18:00, 2026-06-01T07:00:00Z, true",
        "08:00, 18:00, 2026-06-01T16:59:59Z, true",
        "08:00, 18:00, 2026-06-01T17:00:00Z, false",
        "08:00, 18:00, 2026-01-05T07:30:00Z, false",
        "08:00, 18:00, 2026-01-05T17:30:00Z, true",
        "08:00, 18:00, 2026-06-06T12:00:00Z, false",
        "22:00, 06:00, 2026-06-01T21:30:00Z, true",
        "22:00, 06:00, 2026-06-02T04:59:00Z, true",
        "22:00, 06:00, 2026-06-02T05:00:00Z, false",
        "22:00, 06:00, 2026-06-06T04:00:00Z, true",
        "22:00, 06:00, 2026-06-06T22:00:00Z, false",
        "22:00, 06:00, 2026-06-01T03:00:00Z, false",
        "09:00, 09:00, 2026-06-01T08:00:00Z, true",
        "09:00, 09:00, 2026-06-06T07:59:00Z, true",
        "09:00, 09:00, 2026-06-06T08:00:00Z, false"
    })
    void coversTheSpanOfEachOfItsDaysInItsZone(String from, String to, Instant now, boolean covered) {
        assertThat(new Hours("Europe/London", WORKDAYS, from, to).covers(now)).isEqualTo(covered);
    }

    @ParameterizedTest
    @CsvSource({"Europe/Nowhere, 08:00, 18:00", "Europe/London, eight, 18:00", "'', 08:00, 18:00"})
    void hoursThatCannotBeToldAreAllHours(String zone, String from, String to) {
        Instant night = Instant.parse("2026-06-06T02:00:00Z");

        assertThat(new Hours(zone, WORKDAYS, from, to).covers(night)).isTrue();
    }
}
