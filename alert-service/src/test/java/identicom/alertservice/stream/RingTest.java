package identicom.alertservice.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import identicom.alertservice.stream.Ring.LaggingException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RingTest {

    private final Ring ring = new Ring(4, 100);

    private void append(long... ids) {
        LongStream.of(ids).forEach(id -> ring.append(new Frame(id, "alert", "{}")));
    }

    private List<Long> readFrom(long position) throws Exception {
        return ring.read(position, 10, Duration.ZERO).stream().map(Frame::id).toList();
    }

    @Test
    void streamReadsWhatWasAppendedSinceItsPosition() throws Exception {
        append(1, 2);
        long position = ring.tail();
        append(5, 6);

        assertThat(readFrom(position)).containsExactly(5L, 6L);
        assertThat(readFrom(ring.tail())).isEmpty();
    }

    @Test
    void streamThatWaitsIsWokenByAFrame() throws Exception {
        CompletableFuture<List<Frame>> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return ring.read(0, 10, Duration.ofSeconds(20));
            } catch (LaggingException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        append(1);

        assertThat(waiting.get()).hasSize(1);
    }

    @Test
    void streamThatReadsTooSlowlyIsCutOff() {
        append(1, 2, 3, 4, 5);

        assertThatThrownBy(() -> readFrom(0)).isInstanceOf(LaggingException.class);
    }

    @Test
    void resumesBehindTheLastIdThatWasSeen() throws Exception {
        ring.completeFrom(0);
        append(3, 7, 9);

        assertThat(readFrom(ring.after(0).orElseThrow())).containsExactly(3L, 7L, 9L);
        assertThat(readFrom(ring.after(3).orElseThrow())).containsExactly(7L, 9L);
        assertThat(readFrom(ring.after(8).orElseThrow())).containsExactly(9L);
        assertThat(readFrom(ring.after(9).orElseThrow())).isEmpty();
    }

    @Test
    void framesWithoutAnIdComeAgainBehindTheLastIdThatWasSeen() throws Exception {
        ring.completeFrom(0);
        append(3);
        ring.append(new Frame(null, "alert", "{}"));

        assertThat(readFrom(ring.after(3).orElseThrow())).hasSize(1);
    }

    @Test
    void whatFellOutOfTheRingCannotBeResumedFrom() {
        ring.completeFrom(0);
        append(1, 2, 3, 4, 5, 6);

        assertThat(ring.after(1)).isEmpty();
        assertThat(ring.after(2)).isPresent();
    }

    @Test
    void largeFramesPushOutMoreThanOne() throws Exception {
        ring.completeFrom(0);
        append(1, 2, 3);
        ring.append(new Frame(4L, "alert", "x".repeat(97)));

        assertThat(ring.after(1)).isEmpty();
        assertThat(readFrom(ring.after(2).orElseThrow())).containsExactly(3L, 4L);
    }

    @Test
    void theNewestFrameIsKeptWhateverItsSize() throws Exception {
        ring.completeFrom(0);
        append(1);
        ring.append(new Frame(2L, "alert", "x".repeat(1_000)));

        assertThatThrownBy(() -> readFrom(0)).isInstanceOf(LaggingException.class);
        assertThat(readFrom(ring.after(1).orElseThrow())).containsExactly(2L);
    }

    @Test
    void nothingCanBeResumedBeforeTheLogWasRead() {
        append(1);

        assertThat(ring.after(1)).isEmpty();
    }
}
