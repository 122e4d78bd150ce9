package identicom.fleetservice.users;

import static org.assertj.core.api.Assertions.assertThat;

import identicom.fleetservice.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private final TestClock clock = new TestClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final Throttle throttle = new Throttle(clock, new Throttle.Limits(3, 5, Duration.ofMinutes(15)));

    @Test
    void attemptsForAUserComeBackEvenly() {
        assertThat(attempts("ann", "a", 3)).isTrue();
        assertThat(throttle.attempt("ann", "b")).contains(Duration.ofMinutes(5));
        clock.pass(Duration.ofMinutes(4));
        assertThat(throttle.attempt("ann", "b")).contains(Duration.ofMinutes(1));
        clock.pass(Duration.ofMinutes(1));
        assertThat(throttle.attempt("ann", "b")).isEmpty();
        assertThat(throttle.attempt("ann", "b")).isPresent();
    }

    @Test
    void anAddressIsBoundedOverAllUsersAndOthersAreNot() {
        for (int i = 0; i < 5; i++) {
            assertThat(throttle.attempt("user-" + i, "a")).isEmpty();
        }
        assertThat(throttle.attempt("user-9", "a")).contains(Duration.ofMinutes(3));
        assertThat(throttle.attempt("user-9", "b")).isEmpty();
    }

    @Test
    void someoneWhoSucceedsIsNotCounted() {
        for (int i = 0; i < 20; i++) {
            assertThat(throttle.attempt("ann", "a")).isEmpty();
            throttle.succeeded("ann", "a");
        }
        assertThat(attempts("ann", "a", 3)).isTrue();
        assertThat(throttle.attempt("ann", "a")).isPresent();
    }

    @Test
    void guessesFromElsewhereDoNotLockAUserOutWhereTheyHaveLoggedInBefore() {
        assertThat(throttle.attempt("ann", "home")).isEmpty();
        throttle.succeeded("ann", "home");
        assertThat(attempts("ann", "elsewhere", 3)).isTrue();
        assertThat(throttle.attempt("ann", "elsewhere")).isPresent();
        assertThat(throttle.attempt("ann", "home")).isEmpty();
    }

    @Test
    void aNameThatContainsAnAddressTakesNobodysAttemptsThere() {
        assertThat(throttle.attempt("ann", "home")).isEmpty();
        throttle.succeeded("ann", "home");
        assertThat(attempts("ann home", "elsewhere", 3)).isTrue();
        assertThat(throttle.attempt("ann home", "elsewhere")).isPresent();
        assertThat(attempts("ann", "home", 3)).isTrue();
    }

    @Test
    void anAttemptThatNobodyCouldJudgeIsGivenBack() {
        for (int i = 0; i < 20; i++) {
            assertThat(throttle.attempt("ann", "a")).isEmpty();
            throttle.giveBack("ann", "a");
        }
    }

    private boolean attempts(String user, String address, int times) {
        boolean all = true;
        for (int i = 0; i < times; i++) {
            Optional<Duration> wait = throttle.attempt(user, address);
            all &= wait.isEmpty();
        }
        return all;
    }
}
