package identicom.alertservice.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import identicom.alertservice.notify.Destinations.ForbiddenException;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationsTest {

    private final Destinations publicOnly = new Destinations(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.9.9.9",
                "0.0.0.0",
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "224.0.0.1",
                "239.1.1.1",
                "255.255.255.255",
                "198.18.0.1",
                "::1",
                "::",
                "fe80::1",
                "fec0::1",
                "fc00::1",
                "fd12:3456::1",
                "ff02::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::1",
                "2001:db8::1",
                "2001::1"
            })
    void addressesThatAreNotPublicAreOutOfReach(String address) {
        assertThat(publicOnly.mayReach(InetAddress.ofLiteral(address))).isFalse();
        assertThatThrownBy(() -> publicOnly.resolve(address)).isInstanceOf(ForbiddenException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "172.32.0.1", "192.169.0.1", "100.128.0.1", "2606:4700::1111", "::ffff:8.8.8.8"})
    void publicAddressesMayBeReached(String address) {
        assertThat(publicOnly.mayReach(InetAddress.ofLiteral(address))).isTrue();
    }

    @Test
    void networksAndHostsThatAreAllowedMayBeReachedAndNoOthers() throws Exception {
        Destinations some = new Destinations(List.of("10.1.0.0/16", "fd00:1::/32", "LocalHost", "192.168.7.7"));

        assertThat(some.mayReach(InetAddress.ofLiteral("10.1.255.1"))).isTrue();
        assertThat(some.mayReach(InetAddress.ofLiteral("10.2.0.1"))).isFalse();
        assertThat(some.mayReach(InetAddress.ofLiteral("fd00:1::5"))).isTrue();
        assertThat(some.mayReach(InetAddress.ofLiteral("fd00:2::5"))).isFalse();
        assertThat(some.mayReach(InetAddress.ofLiteral("192.168.7.7"))).isTrue();
        assertThat(some.resolve("localhost")).isNotEmpty();
        assertThatThrownBy(() -> some.resolve("127.0.0.1")).isInstanceOf(ForbiddenException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0/8", "fd00::/129", "300.1.1.1/8"})
    void networkThatIsNoneIsSaid(String text) {
        assertThatThrownBy(() -> new Destinations(List.of(text))).hasMessageContaining("10.1.0.0/16");
    }
}
