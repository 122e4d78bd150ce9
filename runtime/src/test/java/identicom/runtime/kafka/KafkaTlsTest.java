package identicom.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import identicom.embedded.KafkaBroker;
import identicom.runtime.config.Configuration;
import identicom.schema.Cluster;
import identicom.testing.TestAuthority;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS to the brokers by {@code kafka.main.*}, against real brokers with certificates and their own, for clients, asked for. */
class KafkaTlsTest {
    @TempDir
    static Path folder;

    @Test
    void aBrokerIsBelievedByItsAuthorityAndItsNameAndAsksForACertificate() throws Exception {
        TestAuthority authority = new TestAuthority(folder.resolve("right"));
        TestAuthority another = new TestAuthority(folder.resolve("another"));
        TestAuthority.Signed station = authority.signs("dns:station-a");
        try (Broker broker = new Broker(authority, "ip:127.0.0.1")) {
            assertThat(nodes(clusters(broker, authority, station))).isEqualTo(1);

            refused(clusters(broker, another, another.signs("dns:station-b")), "PKIX path");
            assertThatThrownBy(() -> nodes(clusters(broker, authority, null))).isInstanceOf(ExecutionException.class);
        }
    }

    @Test
    void aBrokerWithTheCertificateOfAnotherHostIsRefused() throws Exception {
        TestAuthority authority = new TestAuthority(folder.resolve("other-host"));
        try (Broker broker = new Broker(authority, "dns:elsewhere.example")) {
            refused(clusters(broker, authority, authority.signs("dns:station-a")), "127.0.0.1");
        }
    }

    private static void refused(Clusters clusters, String why) {
        assertThatThrownBy(() -> nodes(clusters))
                .hasCauseInstanceOf(SslAuthenticationException.class)
                .hasStackTraceContaining(why);
        try (Producer<byte[], byte[]> producer = clusters.newProducer(Cluster.MAIN, "test", Map.of())) {
            assertThatThrownBy(() -> producer.partitionsFor("any"))
                    .isInstanceOf(SslAuthenticationException.class)
                    .hasStackTraceContaining(why);
        }
    }

    private static int nodes(Clusters clusters) throws Exception {
        try (Admin admin = Admin.create(clusters.admin(Cluster.MAIN, Map.of()))) {
            return admin.describeCluster().nodes().get(60, TimeUnit.SECONDS).size();
        }
    }

    private static Clusters clusters(Broker broker, TestAuthority trusted, TestAuthority.Signed own) throws Exception {
        Map<String, String> given = new HashMap<>(Map.of(
                "kafka.priority.bootstrap.servers",
                broker.address(),
                "kafka.main.bootstrap.servers",
                broker.address(),
                "kafka.main.security.protocol",
                "SSL",
                "kafka.main.ssl.truststore.type",
                "PEM",
                "kafka.main.ssl.truststore.location",
                trusted.certificate().toString()));
        if (own != null) {
            given.put("kafka.main.ssl.keystore.type", "PEM");
            given.put("kafka.main.ssl.keystore.location", own.both().toString());
        }
        return Clusters.from(Configuration.of(given, Clusters.KEYS));
    }

    /** Shows a certificate for {@code name}, and takes nobody without one of the same authority. */
    private static final class Broker implements AutoCloseable {
        private final KafkaBroker broker;

        Broker(TestAuthority authority, String name) throws Exception {
            broker = KafkaBroker.start(KafkaBroker.Options.in(folder.resolve("broker-" + name.replace(':', '-')))
                    .withSettings(Map.of(
                            "listener.security.protocol.map",
                            "CLIENTS:SSL,CONTROLLER:PLAINTEXT",
                            "ssl.keystore.type",
                            "PEM",
                            "ssl.keystore.location",
                            authority.signs(name).both().toString(),
                            "ssl.truststore.type",
                            "PEM",
                            "ssl.truststore.location",
                            authority.certificate().toString(),
                            "ssl.client.auth",
                            "required",
                            "ssl.endpoint.identification.algorithm",
                            "")));
        }

        String address() {
            return broker.bootstrapServers();
        }

        @Override
        public void close() {
            broker.close();
        }
    }
}
