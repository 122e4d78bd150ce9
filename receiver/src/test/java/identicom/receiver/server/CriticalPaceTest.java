package identicom.receiver.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CriticalPaceTest {
    private long nanos = Long.MAX_VALUE - 5;
    private final CriticalPace pace = new CriticalPace(() -> nanos);

    @Test
    void asManyAsAreAllowedComeAtOnce() {
        pace.taken(CriticalPace.AT_ONCE);
        assertThat(pace.restNanos()).isNotPositive();
    }

    @Test
    void eachFurtherOneIsPaidForByItsTime() {
        pace.taken(CriticalPace.AT_ONCE + CriticalPace.A_SECOND);
        assertThat(pace.restNanos()).isEqualTo(TimeUnit.SECONDS.toNanos(1));
        nanos += TimeUnit.MILLISECONDS.toNanos(600);
        assertThat(pace.restNanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(400));
        nanos += TimeUnit.MILLISECONDS.toNanos(400);
        assertThat(pace.restNanos()).isZero();
    }

    @Test
    void whoWasQuietHasNoMoreThanThatAgain() {
        pace.taken(CriticalPace.AT_ONCE);
        nanos += TimeUnit.HOURS.toNanos(5);
        pace.taken(CriticalPace.AT_ONCE + 1);
        assertThat(pace.restNanos()).isPositive();
    }
}
