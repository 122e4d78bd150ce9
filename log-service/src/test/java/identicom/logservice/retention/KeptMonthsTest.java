package identicom.logservice.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import identicom.runtime.config.Configuration;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptMonthsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T01:30:00Z");

    @Test
    void everythingIsKeptForGoodUnlessSomebodySaysOtherwise() {
        KeptMonths kept = KeptMonths.of(Configuration.of(Map.of(), KeptMonths.KEYS));
        assertThat(kept.forGood()).isTrue();
        assertThat(kept.text()).isEqualTo("critical for good, high for good, routine for good");
    }

    @Test
    void eachClassHasItsOwnMonths() {
        KeptMonths kept = KeptMonths.of(Configuration.of(
                Map.of("event-log.keep-high-months", "60", "event-log.keep-routine-months", "3"), KeptMonths.KEYS));
        assertThat(kept).isEqualTo(new KeptMonths(0, 60, 3));
        assertThat(kept.text()).isEqualTo("critical for good, high 60 months, routine 3 months");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "-1", "1201", "24 months", ""})
    void fewerMonthsThanAnEventCanComeAgainInAreRefusedWithTheReason(String months) {
        assertThatThrownBy(() -> Configuration.of(Map.of("event-log.keep-routine-months", months), KeptMonths.KEYS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("event-log.keep-routine-months")
                .hasMessageContaining("0 for good, or a whole number 3..1200")
                .hasMessageContaining("Kafka can deliver an event again for 31 days");
    }

    @Test
    void theLeastIsLongerThanKafkaKeepsAnEvent() {
        assertThat(KeptMonths.FORGETTABLE_AFTER).isEqualTo(Duration.ofDays(62));
        assertThat(Duration.ofDays(89)).isGreaterThan(KeptMonths.FORGETTABLE_AFTER);
    }

    @Test
    void wholeMonthsArePast() {
        KeptMonths.Past past = new KeptMonths(0, 24, 3).past(NOW);
        assertThat(past.routine()).isEqualTo("2026-08-01T00:00:00Z");
        assertThat(past.reaches(YearMonth.of(2026, 7))).isTrue();
        assertThat(past.reaches(YearMonth.of(2026, 8))).isFalse();
        assertThat(past.covers(YearMonth.of(2020, 1))).isFalse();
        KeptMonths.Past all = new KeptMonths(36, 24, 3).past(NOW);
        assertThat(all.covers(YearMonth.of(2023, 10))).isTrue();
        assertThat(all.covers(YearMonth.of(2023, 11))).isFalse();
    }
}
