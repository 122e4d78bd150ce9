package identicom.runtime.http;

import identicom.runtime.config.Network;
import io.helidon.common.socket.PeerInfo;
import io.helidon.common.uri.UriQuery;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.http.ServerRequest;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A request without a server: query and headers as they might come, from the address 127.0.0.1, which is believed. */
final class AskedRequest {
    private static final HttpSettings SETTINGS =
            new HttpSettings("127.0.0.1", 0, false, 1, List.of(Network.parse("127.0.0.1")), Optional.empty());

    private AskedRequest() {}

    /**
     * @param rawQuery as behind the question mark, not decoded
     * @throws Problem 400 where the query has a parameter that is not {@code known}, as a server would answer
     */
    static Request of(String rawQuery, Set<String> known) {
        Request request = of(rawQuery, known, Map.of());
        request.check();
        return request;
    }

    static Request of(String rawQuery, Set<String> known, Map<String, String> headers) {
        Operation operation =
                new Operation("asked", "GET", List.of("asked"), Set.of(), true, known, Set.of(), (asked, answer) -> {});
        return new Request(server(rawQuery, headers), new Router.Match(operation, Map.of()), null, SETTINGS);
    }

    private static ServerRequest server(String rawQuery, Map<String, String> headers) {
        WritableHeaders<?> written = WritableHeaders.create();
        headers.forEach((name, value) -> written.add(HeaderNames.create(name), value));
        UriQuery query = UriQuery.create(rawQuery);
        ServerRequestHeaders sent = ServerRequestHeaders.create(written);
        return made(
                ServerRequest.class, Map.of("query", query, "headers", sent, "remotePeer", made(PeerInfo.class, PEER)));
    }

    private static final Map<String, Object> PEER =
            Map.of("address", new InetSocketAddress(InetAddress.getLoopbackAddress(), 7), "host", "127.0.0.1");

    private static <T> T made(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            Object answer = answers.get(method.getName());
            if (answer == null) {
                throw new UnsupportedOperationException(method.getName());
            }
            return answer;
        }));
    }
}
