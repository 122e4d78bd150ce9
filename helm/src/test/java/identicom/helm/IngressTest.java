package identicom.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each path of the services' own documents goes to its service; what processes say of themselves goes nowhere. */
class IngressTest {
    private static final Map<String, List<String>> DOCUMENTS = Map.of(
            "alert-service", List.of("alert-service", "canary", "escalation", "page", "statistics", "supervision"),
            "fleet-service", List.of("fleet-service"),
            "log-service", List.of("log-service"),
            "media-service", List.of("media-service"));

    private record Route(String type, String path, String service) {
        boolean takes(String asked) {
            return type.equals("Exact") ? asked.equals(path) : asked.equals(path) || asked.startsWith(path + "/");
        }
    }

    private static List<Route> routes;

    @BeforeAll
    static void render() {
        JsonNode ingress = Rendered.one(Chart.site().objects(), "Ingress", "watch-page");
        routes = new ArrayList<>();
        ingress.at("/spec/rules/0/http/paths")
                .forEach(path -> routes.add(new Route(
                        path.path("pathType").asText(),
                        path.path("path").asText(),
                        path.at("/backend/service/name").asText())));
    }

    @Test
    void everyPathGoesToTheServiceThatKnowsIt() throws Exception {
        for (Map.Entry<String, List<String>> service : DOCUMENTS.entrySet()) {
            for (String document : service.getValue()) {
                for (String path : paths(document)) {
                    assertThat(goesTo(path)).as(path).isEqualTo("watch-" + service.getKey());
                }
            }
        }
    }

    @Test
    void healthAndMetricsAreNobodysOutside() {
        assertThat(List.of("/metrics", "/health/live", "/health/ready", "/health"))
                .allSatisfy(path -> assertThat(goesTo(path)).isEmpty());
        assertThat(goesTo("/")).isEqualTo("watch-alert-service");
    }

    /** The longest path that takes it, an exact one first, as Kubernetes says. */
    private static String goesTo(String asked) {
        return routes.stream()
                .filter(route -> route.takes(asked))
                .max(Comparator.comparing((Route route) -> route.type().equals("Exact"))
                        .thenComparing(route -> route.path().length()))
                .map(Route::service)
                .orElse("");
    }

    private static List<String> paths(String document) throws Exception {
        try (InputStream in = IngressTest.class.getResourceAsStream("/openapi/" + document + ".json")) {
            assertThat(in).as(document).isNotNull();
            List<String> paths = new ArrayList<>();
            Yaml.tree(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .path("paths")
                    .fieldNames()
                    .forEachRemaining(path -> paths.add(path.replaceAll("\\{[a-z]+}", "x")));
            assertThat(paths).isNotEmpty();
            return paths;
        }
    }
}
