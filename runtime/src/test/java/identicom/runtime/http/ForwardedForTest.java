package identicom.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import identicom.runtime.config.Network;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose request it is, behind a load balancer and without one. The test's own address is 127.0.0.1. */
class ForwardedForTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.1.2.3|10.1.2.3",
                "fd00::7|fd00:0:0:0:0:0:0:7",
                "6.6.6.6, 10.1.2.3|10.1.2.3", // the first one was sent by whoever asks
                "10.1.2.3, nobody|127.0.0.1",
                "'10.1.2.3,'|127.0.0.1",
                "localhost|127.0.0.1"
            })
    void aTrustedLoadBalancerSaysIt(String header, String from) throws Exception {
        try (SampleServer server = new SampleServer(trusting("127.0.0.0/24"))) {
            assertThat(askedFrom(server, header)).isEqualTo(from);
        }
    }

    @Test
    void theLastLineOfSeveralIsTheLoadBalancers() throws Exception {
        try (SampleServer server = new SampleServer(trusting("127.0.0.1"))) {
            var request = server.as("auditor", "/api/v1/things/1")
                    .header("X-Forwarded-For", "6.6.6.6")
                    .header("X-Forwarded-For", "10.1.2.3");
            assertThat(server.send(request).body()).contains("\"from\":\"10.1.2.3\"");
        }
    }

    @Test
    void fromAnywhereElseItIsNotBelieved() throws Exception {
        try (SampleServer server = new SampleServer(trusting("127.0.1.0/24"))) {
            assertThat(askedFrom(server, "10.1.2.3")).isEqualTo("127.0.0.1");
        }
    }

    private static HttpSettings trusting(String network) {
        return new HttpSettings("127.0.0.1", 0, false, 1, List.of(Network.parse(network)), Optional.empty());
    }

    private static String askedFrom(SampleServer server, String header) throws Exception {
        var request = server.as("auditor", "/api/v1/things/1").header("X-Forwarded-For", header);
        return Json.mapper().readTree(server.send(request).body()).path("from").asText();
    }
}
