package identicom.alertservice.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import identicom.runtime.config.Configuration;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanarySettingsTest {

    private static Duration every(String text) {
        return CanarySettings.from(Configuration.of(Map.of("canary.every", text), CanarySettings.KEYS))
                .every();
    }

    @Test
    void itCallsOnceAMinuteUnlessToldOtherwise() {
        assertThat(CanarySettings.from(Configuration.of(Map.of(), CanarySettings.KEYS))
                        .every())
                .isEqualTo(Duration.ofMinutes(1));
        assertThat(every("10s")).isEqualTo(Duration.ofSeconds(10));
        assertThat(every("1h")).isEqualTo(Duration.ofHours(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "9s", "61m", "often"})
    void aTimeThatIsTooShortOrTooLongIsRefused(String text) {
        assertThatThrownBy(() -> every(text)).hasMessageContaining("canary.every");
    }
}
