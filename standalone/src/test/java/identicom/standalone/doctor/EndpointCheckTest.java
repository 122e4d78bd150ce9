package identicom.standalone.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import identicom.runtime.kafka.Clusters;
import identicom.schema.Cluster;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointCheckTest {
    @ParameterizedTest
    @CsvSource({
        "broker-1.example:9092, broker-1.example:9092",
        "10.0.0.1:65535, 10.0.0.1:65535",
        "[2001:db8::1]:9092, [2001:db8::1]:9092",
        "SASL_SSL://broker:9093, broker:9093"
    })
    void addressesAreReadAsKafkaDoes(String text, String read) {
        assertThat(Endpoint.of(text)).get().hasToString(read);
    }

    @ParameterizedTest
    @ValueSource(strings = {"broker", "broker:", ":9092", "broker:0", "broker:65536", "broker:many", "two words:1", ""})
    void whatIsNoAddressIsNone(String text) {
        assertThat(Endpoint.of(text)).isEmpty();
    }

    /** A label of more than 63 characters is in no name server; nobody is asked for it. */
    @Test
    void aNameThatDoesNotResolveIsNamed() {
        String name = "x".repeat(64);
        Check check = new EndpointCheck("sms.1", new Endpoint(name, 2775), Mark.WARN, "correct sms.1.host");

        assertThat(find(check))
                .isEqualTo(Finding.warn(
                        "sms.1",
                        "the name " + name + " does not resolve",
                        "something that listens there",
                        "correct sms.1.host"));
    }

    @Test
    void aBootstrapServerWithoutAPortIsNamed() {
        Clusters clusters = new Clusters(
                Map.of("bootstrap.servers", "127.0.0.1:1, broker"), Map.of("bootstrap.servers", "127.0.0.1:1"));

        assertThat(BootstrapServers.checks(clusters, Cluster.MAIN))
                .hasSize(2)
                .last()
                .satisfies(check -> assertThat(find(check).line())
                        .isEqualTo(
                                "wrong    Kafka main, bootstrap server broker: no address (expected: host:port,host:port,…);"
                                        + " do: correct kafka.main.bootstrap.servers"));
    }

    private static Finding find(Check check) {
        try {
            return check.find().getFirst();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
