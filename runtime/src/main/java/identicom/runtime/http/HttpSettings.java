package identicom.runtime.http;

import identicom.runtime.config.Configuration;
import identicom.runtime.config.Key;
import identicom.runtime.config.Network;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Where and how the HTTP interface listens.
 *
 * @param port 0 picks a free one
 * @param secureCookie the cookie is sent over HTTPS only, and browsers are told to stay with HTTPS
 * @param maxStreams Server-Sent Event streams open at once; one more gets 503
 * @param trustedProxies networks of load balancers, which are believed when they say whose request they hand on
 * @param tls what is shown to clients, which then have to speak TLS; empty: they speak plainly
 */
public record HttpSettings(
        String host,
        int port,
        boolean secureCookie,
        int maxStreams,
        List<Network> trustedProxies,
        Optional<SSLContext> tls) {
    private static final Key<String> HOST = Key.text("http.host", "127.0.0.1", "address the HTTP interface listens on");
    private static final Key<Integer> PORT =
            Key.integer("http.port", 8080, 0, 65535, "port of the HTTP interface; 0 picks a free one");
    private static final Key<Boolean> SECURE = Key.flag(
            "http.secure-cookie", false, "browsers reach this over HTTPS: the cookie is sent over nothing else");
    private static final Key<Integer> STREAMS =
            Key.integer("http.max-streams", 500, 1, 100_000, "event streams open at once; one more gets 503");

    private static final Key<List<Network>> PROXIES = Key.networks(
            "http.trusted-proxies",
            "networks of load balancers, such as 10.1.0.0/16: from there the last address of X-Forwarded-For is the one that asks");

    private static final Key<Optional<SSLContext>> TLS = new Key<>(
            "http.tls",
            "",
            "PEM file with certificate chain and key: the HTTP interface then speaks TLS and nothing else; empty: it speaks plainly",
            false,
            ServerCertificate::parse);

    public static final List<Key<?>> KEYS = List.of(HOST, PORT, SECURE, STREAMS, PROXIES, TLS);

    /** Without load balancers. */
    public HttpSettings(String host, int port, boolean secureCookie, int maxStreams) {
        this(host, port, secureCookie, maxStreams, List.of(), Optional.empty());
    }

    public static HttpSettings from(Configuration c) {
        return new HttpSettings(c.get(HOST), c.get(PORT), c.get(SECURE), c.get(STREAMS), c.get(PROXIES), c.get(TLS));
    }

    /** Whether {@code peer} is believed when it says whose request it hands on. */
    boolean isLoadBalancer(InetAddress peer) {
        return trustedProxies.stream().anyMatch(network -> network.contains(peer));
    }
}
