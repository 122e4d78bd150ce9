package identicom.simulator.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedialTest {
    @ParameterizedTest
    @CsvSource({"1, 10", "2, 20", "3, 40", "4, 80", "5, 160", "6, 300", "7, 300", "1000, 300"})
    void urgentSessionsDoubleTheWaitUpToFiveMinutes(int failures, int seconds) {
        assertThat(Redial.PROTOCOL.after(true, failures)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void nothingUrgentWaitsForTheInterval() {
        assertThat(Redial.PROTOCOL.after(false, 0)).isEqualTo(Duration.ofMinutes(30));
    }
}
