package identicom.standalone.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ExaminationTest {
    private final List<Finding> found = new ArrayList<>();

    private record Looking(String subject, Callable<List<Finding>> look) implements Check {
        @Override
        public List<Finding> find() throws Exception {
            return look.call();
        }
    }

    private void examine(Duration limit, Check... checks) throws InterruptedException {
        new Examination(limit, line -> {}).of(List.of(checks), found::add);
    }

    @Test
    void checksRunSideBySideAndAreToldInTheirOrder() throws Exception {
        CountDownLatch second = new CountDownLatch(1);
        examine(
                Duration.ofSeconds(30),
                new Looking("first", () -> {
                    second.await();
                    return List.of(Finding.ok("first", "seen"));
                }),
                new Looking("second", () -> {
                    second.countDown();
                    return List.of(Finding.ok("second", "seen"));
                }));

        assertThat(found).extracting(Finding::line).containsExactly("ok       first: seen", "ok       second: seen");
    }

    @Test
    void oneThatNeverEndsIsLeftBehindAndStopped() throws Exception {
        CountDownLatch stopped = new CountDownLatch(1);
        examine(
                Duration.ofSeconds(4), // the other one has to be done by then
                new Looking("hanging", () -> {
                    try {
                        new CountDownLatch(1).await();
                        return List.of();
                    } finally {
                        stopped.countDown();
                    }
                }),
                new Looking("other", () -> List.of(Finding.ok("other", "seen"))));

        assertThat(found).extracting(Finding::mark).containsExactly(Mark.WRONG, Mark.OK);
        assertThat(found.getFirst().found()).startsWith("not looked at within");
        stopped.await();
    }

    @Test
    void oneThatFailsSaysWhy() throws Exception {
        examine(Duration.ofSeconds(30), new Looking("broken", () -> {
            throw new IOException("the disk\nis gone");
        }));

        assertThat(found).singleElement().satisfies(finding -> {
            assertThat(finding.mark()).isEqualTo(Mark.WRONG);
            assertThat(finding.found()).isEqualTo("could not be looked at: the disk is gone");
        });
    }
}
