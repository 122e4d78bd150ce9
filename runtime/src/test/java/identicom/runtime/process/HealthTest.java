package identicom.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HealthTest {
    private final Health health = new Health();

    @Test
    void isReadyWhenEveryRequiredPartIsUp() {
        Health.Component required = health.register("database", true);
        health.register("mail", false);

        assertThat(health.ready()).isFalse();
        required.up();
        assertThat(health.ready()).isTrue();
        required.down("away");
        assertThat(health.ready()).isFalse();
        assertThat(health.states().get("database")).isEqualTo(new Health.State(false, "away", true));
        assertThat(health.live()).isTrue();
    }

    @Test
    void aBugEndsBothForGood() {
        health.dead("bug");

        assertThat(health.live()).isFalse();
        assertThat(health.ready()).isFalse();
    }

    @Test
    void theScrapeHasTheJvmsMeters() {
        try (Metrics metrics = new Metrics()) {
            metrics.registry().counter("identicom.test").increment();

            assertThat(metrics.scrape()).contains("jvm_memory_used_bytes", "identicom_test_total 1.0");
        }
    }
}
