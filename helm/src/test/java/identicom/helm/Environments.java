package identicom.helm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a pod's program finds in its environment. */
final class Environments {
    private Environments() {}

    /** From its ConfigMap. */
    static Map<String, String> plain(JsonNode workload, List<JsonNode> objects) {
        Map<String, String> variables = new TreeMap<>();
        Rendered.container(workload).path("envFrom").forEach(from -> {
            JsonNode data = Rendered.one(
                            objects,
                            "ConfigMap",
                            from.path("configMapRef").path("name").asText())
                    .path("data");
            data.properties()
                    .forEach(entry ->
                            variables.put(entry.getKey(), entry.getValue().asText()));
        });
        Rendered.container(workload).path("env").forEach(entry -> {
            if (entry.has("value")) {
                variables.put(entry.path("name").asText(), entry.path("value").asText());
            }
        });
        return variables;
    }

    /** From a Secret: the variable, and where it stands there. */
    static Map<String, JsonNode> secret(JsonNode workload) {
        Map<String, JsonNode> variables = new TreeMap<>();
        Rendered.container(workload).path("env").forEach(entry -> {
            JsonNode reference = entry.path("valueFrom").path("secretKeyRef");
            if (!reference.isMissingNode()) {
                variables.put(entry.path("name").asText(), reference);
            }
        });
        return variables;
    }

    /** All of it, with a text of no meaning for each secret that has to be there. */
    static Map<String, String> of(JsonNode workload, List<JsonNode> objects) {
        Map<String, String> variables = plain(workload, objects);
        secret(workload).forEach((variable, reference) -> {
            if (!reference.path("optional").asBoolean()) {
                variables.put(variable, "secret");
            }
        });
        return variables;
    }
}
