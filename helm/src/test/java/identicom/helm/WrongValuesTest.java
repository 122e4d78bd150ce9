package identicom.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Each wrong value is refused with a message that names the value, what was given and what is expected. */
class WrongValuesTest {
    /**
     * @param values what is wrong, over the example of a site
     * @param words what the message holds
     */
    record Wrong(String values, List<String> words) {
        static Wrong of(String values, String... words) {
            return new Wrong(values, List.of(words));
        }

        @Override
        public String toString() {
            return values.strip();
        }
    }

    static final List<Wrong> WRONG = List.of(
            // a word that the chart does not know
            Wrong.of("station: {replicas: 2}", "station", "not allowed"),
            Wrong.of("stations: {replica: 2}", "/stations", "replica", "not allowed"),
            // a value of another kind, or out of its range
            Wrong.of("stations: {replicas: three}", "/stations/replicas", "got string, want integer"),
            Wrong.of("stations: {replicas: 0}", "/stations/replicas", "got 0, want 1"),
            Wrong.of("services: {log: {replicas: 13}}", "/services/log/replicas", "got 13, want 12"),
            Wrong.of("stations: {service: {port: 77000}}", "/stations/service/port", "want 65,535"),
            Wrong.of(
                    "stations: {service: {type: Loadbalancer}}",
                    "/stations/service/type",
                    "'LoadBalancer'",
                    "'NodePort'"),
            Wrong.of(
                    "services: {alert: {resources: {limits: {memory: 1 GB}}}}",
                    "/services/alert/resources/limits/memory",
                    "'1 GB' does not match"),
            // a configuration key that no program reads, or not with that value
            Wrong.of(
                    "stations: {settings: {receiver.max-conections: 10}}",
                    "/stations/settings",
                    "'receiver.max-conections' not allowed"),
            Wrong.of(
                    "services: {log: {settings: {mail.host: mx}}}",
                    "/services/log/settings",
                    "'mail.host' not allowed"),
            Wrong.of(
                    "stations: {settings: {receiver.unidentified-percent: 101}}",
                    "/stations/settings/receiver.unidentified-percent",
                    "got 101, want 100"),
            Wrong.of("stations: {settings: {receiver.silence: 5 s}}", "/stations/settings/receiver.silence", "'5 s'"),
            Wrong.of("settings: {log.level: trace}", "/settings/log.level", "'debug'", "'warn'"),
            Wrong.of("secrets: {values: {database.log.password: x}}", "/secrets/values", "'database.log.password'"),
            // what is missing, or not of the form that is needed
            Wrong.of("image: {repository: ''}", "image.repository: empty", "where the image"),
            Wrong.of("image: {digest: 1.0.0}", "image.digest: 1.0.0", "sha256:"),
            Wrong.of("kafka: {main: {bootstrapServers: kafka}}", "kafka.main.bootstrapServers: kafka", "host:port"),
            Wrong.of(
                    "kafka: {priority: {bootstrapServers: 'main-kafka-bootstrap.kafka-main.svc:9093'}}",
                    "kafka.priority.bootstrapServers: main-kafka-bootstrap.kafka-main.svc:9093, as main",
                    "a cluster of its own"),
            Wrong.of(
                    "kafka: {main: {properties: {ssl.keystore.password: x}}}",
                    "kafka.main.properties: ssl.keystore.password",
                    "kafka.main.secretProperties"),
            Wrong.of("kafka: {topics: {strimzi: true}}", "kafka.topics.main.cluster: empty", "Kafka resource"),
            Wrong.of(
                    "database: {url: 'postgres://db/identicom'}",
                    "database.url: postgres://db/identicom",
                    "jdbc:postgresql://"),
            Wrong.of("publicUrl: alarms.example.org", "publicUrl: alarms.example.org", "https://alarms.example.org"),
            Wrong.of(
                    "secrets: {existing: {services: ''}}",
                    "secrets.values: no admin.password",
                    "secrets.values: no database.media.password",
                    "secrets.existing"),
            Wrong.of("ingress: {trustedProxies: []}", "ingress.trustedProxies: empty", "ingress controller's pods"),
            Wrong.of("ingress: {trustedProxies: [10.0.0.1]}", "ingress.trustedProxies: 10.0.0.1", "10.1.0.0/16"),
            Wrong.of("ingress: {tls: {issuer: ''}}", "ingress.tls: empty", "secret", "issuer"),
            Wrong.of("networkPolicies: {kafka: []}", "networkPolicies.kafka: empty", "where the brokers"),
            // values that do not go together
            Wrong.of(
                    "stations: {autoscaling: {enabled: true, min: 9, max: 3}}",
                    "stations.autoscaling.max: 3, and min 9",
                    "min or more"),
            Wrong.of("stations: {replicas: 1}", "stations.maxUnavailable: 1 of 1", "fewer"),
            Wrong.of(
                    "stations: {autoscaling: {enabled: true, connections: 45000}}",
                    "stations.autoscaling.connections: 45000",
                    "50000"),
            Wrong.of("stations: {terminationSeconds: 30}", "stations.terminationSeconds: 30", "at least 36"),
            Wrong.of(
                    "stations: {settings: {receiver.drain-limit: 2m}}",
                    "stations.terminationSeconds: 60",
                    "at least 146"),
            Wrong.of(
                    "services: {media: {store: {accessMode: ReadWriteOnce}}}",
                    "services.media.store.accessMode: ReadWriteOnce with 2 replicas",
                    "ReadWriteMany"),
            Wrong.of(
                    "stations: {settings: {receiver.pictures.max-bytes: 20000000}}",
                    "media.max-picture-bytes 16777216",
                    "20000000"),
            Wrong.of(
                    "services: {alert: {settings: {mail.host: mx.example.org}}}",
                    "networkPolicies.people: empty, and mail.host is mx.example.org",
                    "egress rule"));

    @ParameterizedTest
    @FieldSource("WRONG")
    void aWrongValueIsRefusedWithAClearMessage(Wrong wrong) {
        assertThat(refusal(Chart.site().and(wrong.values()))).contains(wrong.words());
    }

    @Test
    void everythingThatIsMissingIsSaidAtOnce() {
        Chart nothing = Chart.site().and("""
            image: {repository: "", digest: ""}
            publicUrl: ""
            kafka: {main: {bootstrapServers: ""}, priority: {bootstrapServers: ""}}
            database: {url: ""}
            """);
        assertThat(refusal(nothing))
                .contains(
                        "image.repository",
                        "image.digest",
                        "publicUrl",
                        "kafka.main.bootstrapServers",
                        "kafka.priority.bootstrapServers",
                        "database.url");
    }

    @Test
    void aNameThatIsTooLongIsRefused() {
        assertThat(catchThrowable(() -> Chart.site().rendered("a-release-with-a-name-too-long-for-its-pods")))
                .hasMessageContaining("release name: a-release-with-a-name")
                .hasMessageContaining("at most 36 characters");
    }

    /** What helm says; nothing in it speaks of the chart's own making. */
    private static String refusal(Chart chart) {
        Throwable thrown = catchThrowable(() -> chart.rendered(Chart.RELEASE));
        assertThat(thrown).isNotNull();
        assertThat(thrown.getMessage()).doesNotContain("nil pointer", "error calling", "parse error");
        return thrown.getMessage();
    }
}
