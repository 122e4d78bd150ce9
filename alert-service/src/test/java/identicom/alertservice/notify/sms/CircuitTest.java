package identicom.alertservice.notify.sms;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CircuitTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final Circuit circuit = new Circuit(Duration.ofSeconds(30), now::get);

    private void pass(int seconds) {
        now.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    @Test
    void aFailureLeavesItOutForAWhileAndThenOneMessageTriesIt() {
        assertThat(circuit.lets()).isTrue();
        circuit.failed();
        assertThat(circuit.lets()).isFalse();
        pass(29);
        assertThat(circuit.lets()).isFalse();
        pass(1);
        assertThat(circuit.lets()).isTrue();
        assertThat(circuit.lets()).isFalse();
    }

    @Test
    void aSuccessLetsEveryMessageThrough() {
        circuit.failed();
        pass(30);
        assertThat(circuit.lets()).isTrue();
        circuit.succeeded();
        assertThat(circuit.lets()).isTrue();
        assertThat(circuit.lets()).isTrue();
    }

    @Test
    void aTrialThatFailsLeavesItOutAgain() {
        circuit.failed();
        pass(30);
        assertThat(circuit.lets()).isTrue();
        pass(3);
        circuit.failed();
        pass(29);
        assertThat(circuit.lets()).isFalse();
        pass(1);
        assertThat(circuit.lets()).isTrue();
    }
}
