package identicom.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import identicom.runtime.config.Configuration;
import identicom.runtime.config.ConfigurationException;
import identicom.schema.Cluster;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClustersTest {
    @Test
    void whatIsConfiguredGoesOverDefaultsAndOverridesGoOverBoth() throws Exception {
        Clusters clusters = Clusters.from(Configuration.of(
                Map.of(
                        "kafka.main.bootstrap.servers", "a:1",
                        "kafka.main.session.timeout.ms", "9000",
                        "kafka.priority.bootstrap.servers", "b:1"),
                Clusters.KEYS));

        assertThat(clusters.consumer(Cluster.MAIN, Map.of("max.poll.records", 7)))
                .containsEntry("bootstrap.servers", "a:1")
                .containsEntry("session.timeout.ms", "9000")
                .containsEntry("max.poll.records", 7)
                .containsEntry("enable.auto.commit", false)
                .containsEntry("auto.offset.reset", "earliest");
        assertThat(clusters.producer(Cluster.PRIORITY, Map.of()))
                .containsEntry("bootstrap.servers", "b:1")
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", true)
                .containsEntry("linger.ms", 0);
    }

    @Test
    void clustersWithoutAddressAreBothNamed() {
        ConfigurationException e = catchThrowableOfType(
                ConfigurationException.class, () -> Clusters.from(Configuration.of(Map.of(), Clusters.KEYS)));

        assertThat(e.problems())
                .containsExactly(
                        "kafka.main.bootstrap.servers: missing (expected: host:port,host:port,…)",
                        "kafka.priority.bootstrap.servers: missing (expected: host:port,host:port,…)");
    }
}
