package identicom.alertservice.timer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import identicom.runtime.process.Health;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RepeatingTest {

    private static final ConditionFactory SOON = await().atMost(Duration.ofSeconds(60));
    private static final Duration PAUSE = Duration.ofMillis(5);
    private static final Duration LIMIT = Duration.ofMillis(200);

    private final AtomicInteger passes = new AtomicInteger();

    static Stream<Repeating.Work> failures() {
        return Stream.of(
                () -> {
                    throw new IOException("as a test wants it");
                },
                () -> {
                    throw new IllegalStateException("as a test wants it");
                },
                () -> {
                    throw new NoClassDefFoundError("as a test wants it");
                },
                () -> {
                    throw new StackOverflowError("as a test wants it");
                });
    }

    @ParameterizedTest
    @MethodSource("failures")
    void workIsDoneAgainWhateverItFailedBy(Repeating.Work failure) {
        try (Repeating work = new Repeating("failing", PAUSE, () -> {
            passes.incrementAndGet();
            failure.run();
        })) {
            work.start();

            SOON.until(() -> passes.get() > 2);
        }
    }

    @Test
    void interruptInTheWorkEndsIt() {
        CountDownLatch never = new CountDownLatch(1);
        Thread[] worker = new Thread[1];
        try (Repeating work = new Repeating("interrupted", PAUSE, () -> {
            worker[0] = Thread.currentThread();
            passes.incrementAndGet();
            never.await();
        })) {
            work.start();
            SOON.until(() -> passes.get() == 1);
            worker[0].interrupt();

            SOON.until(() -> !worker[0].isAlive());
        }
        assertThat(passes).hasValue(1);
    }

    @Test
    void workThatIsNotDoneForTooLongIsDownInTheHealthUntilItIs() {
        Health health = new Health();
        AtomicReference<Repeating.Work> now = new AtomicReference<>(() -> {
            throw new NoClassDefFoundError("as a test wants it");
        });
        try (Repeating work = new Repeating("slow", PAUSE, () -> now.get().run());
                Progress progress = new Progress("watch", health.register("work", false), LIMIT, List.of(work))) {
            work.start();
            progress.start();
            SOON.until(() -> health.states().get("work").why().endsWith(": slow"));
            assertThat(health.ready()).as("what hangs is told, calls are taken").isTrue();
            now.set(() -> {});

            SOON.until(() -> health.states().get("work").up());
        }
    }
}
