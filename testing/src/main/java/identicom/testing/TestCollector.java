package identicom.testing;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes spans as OTLP over HTTP on a free port, and keeps them. The messages' fields are known by their numbers alone. */
public final class TestCollector implements AutoCloseable {
    private static final int RESOURCE_SPANS = 1;
    private static final int RESOURCE = 1;
    private static final int SCOPE_SPANS = 2;
    private static final int SPANS = 2;
    private static final int RESOURCE_ATTRIBUTES = 1;
    private static final int SPAN_ATTRIBUTES = 9;
    private static final int STATUS = 15;
    private static final int STATUS_CODE = 3;
    private static final long ERROR = 2;

    /**
     * A span as it was exported.
     *
     * @param process the resource's {@code service.name}
     * @param trace 32 hexadecimal digits
     * @param id 16 hexadecimal digits
     * @param parent as {@code id}; empty: the first of its trace
     * @param kind as OTLP numbers them: 2 server, 4 producer, 5 consumer
     */
    public record Span(
            String process,
            String trace,
            String id,
            String parent,
            String name,
            int kind,
            long startNanos,
            long endNanos,
            Map<String, String> attributes,
            boolean failed) {}

    private final HttpServer server;
    private final List<Span> spans = new CopyOnWriteArrayList<>();

    public TestCollector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    /** What the key {@code traces.endpoint} is set to. */
    public String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces";
    }

    /** All that have come, in the order of their coming. */
    public List<Span> spans() {
        return List.copyOf(spans);
    }

    /** Those of that name. */
    public List<Span> named(String name) {
        return spans.stream().filter(span -> span.name().equals(name)).toList();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            for (UnknownFieldSet of : messages(UnknownFieldSet.parseFrom(exchange.getRequestBody()), RESOURCE_SPANS)) {
                String process = attributes(messages(of, RESOURCE).getFirst(), RESOURCE_ATTRIBUTES)
                        .getOrDefault("service.name", "");
                for (UnknownFieldSet scope : messages(of, SCOPE_SPANS)) {
                    for (UnknownFieldSet span : messages(scope, SPANS)) {
                        spans.add(span(process, span));
                    }
                }
            }
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private static Span span(String process, UnknownFieldSet span) throws InvalidProtocolBufferException {
        boolean failed = false;
        for (UnknownFieldSet status : messages(span, STATUS)) {
            failed |= number(status.getField(STATUS_CODE).getVarintList()) == ERROR;
        }
        return new Span(
                process,
                hex(span, 1),
                hex(span, 2),
                hex(span, 4),
                text(span, 5),
                (int) number(span.getField(6).getVarintList()),
                number(span.getField(7).getFixed64List()),
                number(span.getField(8).getFixed64List()),
                attributes(span, SPAN_ATTRIBUTES),
                failed);
    }

    /** Those whose value is a text. */
    private static Map<String, String> attributes(UnknownFieldSet of, int field) throws InvalidProtocolBufferException {
        Map<String, String> attributes = new HashMap<>();
        for (UnknownFieldSet attribute : messages(of, field)) {
            attributes.put(text(attribute, 1), text(messages(attribute, 2).getFirst(), 1));
        }
        return attributes;
    }

    private static List<UnknownFieldSet> messages(UnknownFieldSet of, int field) throws InvalidProtocolBufferException {
        List<UnknownFieldSet> messages = new CopyOnWriteArrayList<>();
        for (ByteString bytes : of.getField(field).getLengthDelimitedList()) {
            messages.add(UnknownFieldSet.parseFrom(bytes));
        }
        return messages;
    }

    private static String text(UnknownFieldSet of, int field) {
        return bytes(of, field).toStringUtf8();
    }

    private static String hex(UnknownFieldSet of, int field) {
        return HexFormat.of().formatHex(bytes(of, field).toByteArray());
    }

    private static ByteString bytes(UnknownFieldSet of, int field) {
        List<ByteString> all = of.getField(field).getLengthDelimitedList();
        return all.isEmpty() ? ByteString.EMPTY : all.getLast();
    }

    private static long number(List<Long> values) {
        return values.isEmpty() ? 0 : values.getLast();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
