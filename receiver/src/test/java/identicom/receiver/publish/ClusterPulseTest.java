package identicom.receiver.publish;

import static org.assertj.core.api.Assertions.assertThat;

import identicom.schema.Cluster;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClusterPulseTest {
    private static final Duration SILENCE = Duration.ofSeconds(5);

    private final AtomicLong nanos = new AtomicLong(-7);
    private final AtomicInteger told = new AtomicInteger();
    private final ClusterPulse pulse = new ClusterPulse(SILENCE, nanos::get);

    ClusterPulseTest() {
        pulse.onChange(told::incrementAndGet);
    }

    private void after(Duration time) {
        nanos.addAndGet(time.toNanos());
        pulse.look();
    }

    @Test
    void aStationThatJustStartedGivesBothClustersTheirTime() {
        after(SILENCE);
        assertThat(pulse.silent(Cluster.MAIN)).isFalse();
        assertThat(pulse.silent(Cluster.PRIORITY)).isFalse();
        assertThat(told).hasValue(0);
    }

    @Test
    void aClusterThatSaysNothingIsSilentAndTheOtherIsNot() {
        after(SILENCE);
        pulse.heard(Cluster.PRIORITY);
        after(Duration.ofNanos(1));
        assertThat(pulse.silent(Cluster.MAIN)).isTrue();
        assertThat(pulse.silent(Cluster.PRIORITY)).isFalse();
        assertThat(told).hasValue(1);
    }

    @Test
    void itsFirstWordEndsItsSilence() {
        after(SILENCE.plusNanos(1));
        pulse.heard(Cluster.MAIN);
        assertThat(pulse.silent(Cluster.MAIN)).isTrue();
        after(Duration.ZERO);
        assertThat(pulse.silent(Cluster.MAIN)).isFalse();
        assertThat(told).hasValue(2);
    }
}
