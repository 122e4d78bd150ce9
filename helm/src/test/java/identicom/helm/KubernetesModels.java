package identicom.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.lang.reflect.InvocationTargetException;
import java.util.Optional;

/** The Kubernetes API's own models of the objects that every cluster has. */
final class KubernetesModels {
    private static final String MODELS = "io.kubernetes.client.openapi.models.";

    private KubernetesModels() {}

    /** Whether every cluster has objects of that kind, and none had to be installed. */
    static boolean has(JsonNode object) {
        String apiVersion = object.path("apiVersion").asText();
        return !apiVersion.contains(".") || apiVersion.contains(".k8s.io/");
    }

    /**
     * What is wrong with the object: a field that the API does not know, one that is missing, one of another type.
     *
     * @throws IllegalArgumentException there is no such kind
     */
    static Optional<String> fault(JsonNode object) {
        String apiVersion = object.path("apiVersion").asText();
        String version = apiVersion.substring(apiVersion.indexOf('/') + 1);
        String model = MODELS + version.substring(0, 1).toUpperCase() + version.substring(1) + Rendered.kind(object);
        return fault(model, object);
    }

    /** As {@link #fault(JsonNode)}, of an object's metadata alone. */
    static Optional<String> metadataFault(JsonNode object) {
        return fault(MODELS + "V1ObjectMeta", object.path("metadata"));
    }

    private static Optional<String> fault(String model, JsonNode node) {
        try {
            Class.forName(model)
                    .getMethod("validateJsonElement", JsonElement.class)
                    .invoke(null, JsonParser.parseString(node.toString()));
            return Optional.empty();
        } catch (InvocationTargetException e) {
            return Optional.of(String.valueOf(e.getCause()));
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("no model " + model, e);
        }
    }
}
