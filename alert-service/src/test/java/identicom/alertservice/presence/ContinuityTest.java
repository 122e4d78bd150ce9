package identicom.alertservice.presence;

import static identicom.alertservice.Events.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ContinuityTest {

    private static final Duration SPAN = Duration.ofSeconds(60);

    private final Continuity writing = new Continuity(Duration.ofSeconds(15));

    private void done(int from, int to) {
        for (int second = from; second <= to; second += 5) {
            writing.done(NOON.plusSeconds(second));
        }
    }

    @Test
    void holdsOnceItHasGoneOnForTheWholeTime() {
        assertThat(writing.heldFor(SPAN)).isFalse();
        done(0, 55);
        assertThat(writing.heldFor(SPAN)).isFalse();
        done(60, 60);
        assertThat(writing.heldFor(SPAN)).isTrue();
    }

    @Test
    void failureGapAndAClockPutBackBeginItAgain() {
        done(0, 60);
        writing.failed();
        assertThat(writing.heldFor(SPAN)).isFalse();
        done(65, 120);
        assertThat(writing.heldFor(SPAN)).isFalse();
        done(125, 125);
        assertThat(writing.heldFor(SPAN)).isTrue();
        done(145, 145);
        assertThat(writing.heldFor(SPAN)).as("after a gap").isFalse();
        done(150, 205);
        assertThat(writing.heldFor(SPAN)).isTrue();
        done(100, 100);
        assertThat(writing.heldFor(SPAN)).as("after a step back").isFalse();
    }
}
