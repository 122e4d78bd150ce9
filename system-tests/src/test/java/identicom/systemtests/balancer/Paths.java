package identicom.systemtests.balancer;

import com.fasterxml.jackson.databind.JsonNode;
import identicom.systemtests.harness.Desk;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The paths that services have, as their OpenAPI documents say. */
final class Paths {
    private static final List<String> METHODS = List.of("get", "post", "put", "delete");

    private Paths() {}

    /** Each path of a service's own, with one method of it; what every process has is left out. */
    static Map<String, String> ofService(Desk service) throws IOException, InterruptedException {
        JsonNode document = service.get("/api/openapi.json").json();
        Map<String, String> paths = new TreeMap<>();
        for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
            paths.put(path.getKey().replaceAll("\\{[^}]*}", "x"), method(path.getValue()));
        }
        paths.keySet().removeIf(path -> !path.startsWith("/api/v1/") && !path.equals("/"));
        return paths;
    }

    private static String method(JsonNode operations) {
        return METHODS.stream()
                .filter(operations::has)
                .findFirst()
                .orElseThrow()
                .toUpperCase(Locale.ROOT);
    }
}
