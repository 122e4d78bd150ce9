package identicom.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import identicom.receiver.publish.NothingSilent;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
    private static final Duration SOON = Duration.ofMillis(1);

    @Test
    void goesOnAfterAFailureAndWhileAChoreHangs() throws InterruptedException {
        AtomicInteger asked = new AtomicInteger();
        CountDownLatch said = new CountDownLatch(20);
        CountDownLatch hangs = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        try (Heartbeat heartbeat = new Heartbeat(
                "s",
                record -> said.countDown(),
                (record, limit) -> true,
                new NothingSilent(),
                () -> false,
                () -> 100 / asked.getAndIncrement(),
                () -> 1)) {
            heartbeat.also(SOON, () -> {
                hangs.countDown();
                await(released);
            });
            assertThat(hangs.await(60, TimeUnit.SECONDS)).isTrue();
            heartbeat.start(SOON);
            assertThat(said.await(60, TimeUnit.SECONDS)).isTrue();
        }
        released.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
