package identicom.systemtests.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FallsTest {
    private static final long S = Duration.ofSeconds(1).toNanos();

    /** One fall at 10 s of which all is known. @param dialIns in seconds */
    private static Falls.Shown check(long shownS, long healedS, long... dialIns) throws Violation {
        TreeSet<Long> at =
                new TreeSet<>(LongStream.of(dialIns).map(s -> s * S).boxed().toList());
        IntFunction<OptionalLong> shown = unit -> OptionalLong.of(shownS * S);
        return Falls.check(
                Map.of(0, 10 * S),
                shown,
                (unit, from) -> at.ceiling(from) == null ? OptionalLong.empty() : OptionalLong.of(at.ceiling(from)),
                healedS * S);
    }

    @Test
    void tenSecondsFromTheFallAreEnough() throws Violation {
        assertThat(check(20, 5, 9).slowest()).isEqualTo(Duration.ofSeconds(10));
        assertThatThrownBy(() -> check(21, 5, 9)).hasMessageContaining("11000 ms after it could be told");
    }

    @Test
    void whileSomethingIsBrokenTheTimeDoesNotRun() throws Violation {
        assertThat(check(50, 40).slowestCounted()).isEqualTo(Duration.ofSeconds(10));
        assertThatThrownBy(() -> check(51, 40)).isInstanceOf(Violation.class);
    }

    @Test
    void nothingCanBeToldBeforeTheUnitDialsInAgain() throws Violation {
        assertThat(check(54, 40, 12, 44).slowestCounted()).isEqualTo(Duration.ofSeconds(10));
        assertThatThrownBy(() -> check(55, 40, 12, 44)).isInstanceOf(Violation.class);
    }

    @Test
    void aDialInAfterTheAlertWasShownExcusesNothing() {
        assertThatThrownBy(() -> check(55, 40, 56)).isInstanceOf(Violation.class);
    }

    @Test
    void whatIsNeverShownIsFound() {
        assertThatThrownBy(() -> Falls.check(
                        Map.of(0, S), unit -> OptionalLong.empty(), (unit, from) -> OptionalLong.empty(), 2 * S))
                .hasMessageContaining("was shown on no screen");
    }
}
