package identicom.helm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Looking into rendered objects. */
final class Rendered {
    private Rendered() {}

    static String kind(JsonNode object) {
        return object.path("kind").asText();
    }

    static String name(JsonNode object) {
        return object.path("metadata").path("name").asText();
    }

    /** For messages: {@code Deployment watch-alert-service}. */
    static String word(JsonNode object) {
        return kind(object) + " " + name(object);
    }

    static Stream<JsonNode> ofKind(List<JsonNode> objects, String kind) {
        return objects.stream().filter(object -> kind(object).equals(kind));
    }

    /** @throws java.util.NoSuchElementException there is none */
    static JsonNode one(List<JsonNode> objects, String kind, String name) {
        return ofKind(objects, kind)
                .filter(object -> name(object).equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** What has pods: stations, services, {@code migrate}. */
    static List<JsonNode> workloads(List<JsonNode> objects) {
        return objects.stream()
                .filter(object -> List.of("StatefulSet", "Deployment", "Job").contains(kind(object)))
                .toList();
    }

    static JsonNode pod(JsonNode workload) {
        return workload.path("spec").path("template").path("spec");
    }

    static JsonNode container(JsonNode workload) {
        return pod(workload).path("containers").path(0);
    }

    /** The command that it runs, such as {@code receiver}. */
    static String process(JsonNode workload) {
        return container(workload).path("args").path(0).asText();
    }

    static Stream<JsonNode> items(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
