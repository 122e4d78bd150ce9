package identicom.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
    @ParameterizedTest
    @CsvSource({
        "10.1.0.0/16, 10.1.255.255, true",
        "10.1.0.0/16, 10.2.0.0, false",
        "10.1.2.3, 10.1.2.3, true",
        "10.1.2.3, 10.1.2.2, false",
        "10.1.2.128/25, 10.1.2.127, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, fd00::1, false",
        "fd00::/8, fdff::1, true",
        "fd00::/8, fe00::1, false"
    })
    void containsWhatItsPrefixCovers(String network, String address, boolean inside) {
        assertThat(Network.parse(network).contains(InetAddress.ofLiteral(address)))
                .isEqualTo(inside);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "balancer.example", "10.1.0.0/33", "10.1.0.0/-1", "10.1.0.0/", "10.1.0/x", "fd00::/129"})
    void anythingElseIsNoNetwork(String text) {
        assertThatThrownBy(() -> Network.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("networks such as 10.1.0.0/16 or fd00::/8");
    }

    @Test
    void aKeyHoldsSeveral() {
        Key<List<Network>> key = Key.networks("x.networks", "doc");

        assertThat(key.parser().parse("10.1.0.5/32, fd00::/8"))
                .containsExactly(Network.parse("10.1.0.5"), Network.parse("fd00::/8"));
        assertThat(key.parser().parse(key.defaultText())).isEmpty();
    }
}
