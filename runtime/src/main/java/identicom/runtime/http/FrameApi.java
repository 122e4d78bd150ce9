package identicom.runtime.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import identicom.runtime.process.Health;
import identicom.runtime.process.Metrics;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The paths that every process has: health, metrics, the document. */
final class FrameApi {
    private final Health health;
    private final Metrics metrics;
    private volatile JsonNode document = MissingNode.getInstance();

    FrameApi(Health health, Metrics metrics) {
        this.health = health;
        this.metrics = metrics;
    }

    void document(JsonNode merged) {
        document = merged;
    }

    Api api() {
        return new Api("frame")
                .bind("live", (request, response) -> state(response, "live", health.live()))
                .bind("ready", (request, response) -> state(response, "ready", health.ready()))
                .bind(
                        "metrics",
                        (request, response) -> response.bytes(
                                200,
                                "text/plain; version=0.0.4; charset=utf-8",
                                metrics.scrape().getBytes(StandardCharsets.UTF_8)))
                .bind("openapi", (request, response) -> response.json(200, document));
    }

    private void state(Response response, String name, boolean good) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put(name, good);
        body.put("parts", health.states());
        response.json(good ? 200 : 503, body);
    }
}
