package identicom.runtime.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The merged document of all Apis of a process, and the operations in it. Every disagreement with the code ends the start. */
final class OpenApi {
    private static final Set<String> METHODS = Set.of("get", "head", "put", "post", "delete", "patch");

    private final ObjectNode document = Json.mapper().createObjectNode();
    private final List<Operation> operations = new ArrayList<>();

    OpenApi(List<Api> apis) {
        document.put("openapi", "3.1.0");
        document.putObject("info").put("title", "Identicom").put("version", "1");
        document.putObject("paths");
        document.putObject("components");
        Map<Api, JsonNode> fragments = new HashMap<>();
        for (Api api : apis) {
            JsonNode fragment = read(api);
            fragments.put(api, fragment);
            merge(api, fragment);
        }
        apis.forEach(api -> operations(api, fragments.get(api)));
    }

    /** The document that {@code /api/openapi.json} answers with. */
    JsonNode document() {
        return document;
    }

    List<Operation> operations() {
        return operations;
    }

    private static JsonNode read(Api api) {
        String resource = "openapi/" + api.service() + ".json";
        try (InputStream in = OpenApi.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("there is no resource " + resource);
            }
            return Json.mapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " cannot be read", e);
        }
    }

    private void merge(Api api, JsonNode fragment) {
        ObjectNode paths = (ObjectNode) document.get("paths");
        for (Map.Entry<String, JsonNode> path : fragment.path("paths").properties()) {
            ObjectNode merged = paths.withObjectProperty(path.getKey());
            for (Map.Entry<String, JsonNode> member : path.getValue().properties()) {
                put(api, merged, member, path.getKey());
            }
        }
        ObjectNode components = (ObjectNode) document.get("components");
        for (Map.Entry<String, JsonNode> kind : fragment.path("components").properties()) {
            ObjectNode merged = components.withObjectProperty(kind.getKey());
            for (Map.Entry<String, JsonNode> member : kind.getValue().properties()) {
                put(api, merged, member, "components/" + kind.getKey());
            }
        }
    }

    /** The same may stand in several fragments; different things of one name may not. */
    private static void put(Api api, ObjectNode into, Map.Entry<String, JsonNode> member, String where) {
        JsonNode present = into.get(member.getKey());
        boolean isOperation = METHODS.contains(member.getKey());
        if (present != null && (isOperation || !present.equals(member.getValue()))) {
            throw new IllegalStateException(
                    "openapi/" + api.service() + ".json: " + where + " has a second " + member.getKey());
        }
        into.set(member.getKey(), member.getValue());
    }

    private void operations(Api api, JsonNode fragment) {
        Map<String, Handler> unused = new HashMap<>(api.handlers());
        List<String> problems = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : fragment.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> member : path.getValue().properties()) {
                if (METHODS.contains(member.getKey())) {
                    String id = member.getValue().path("operationId").asText();
                    Handler handler = unused.remove(id);
                    if (handler == null) {
                        problems.add(member.getKey() + " " + path.getKey() + ": nothing is bound to operation \"" + id
                                + "\"");
                    } else {
                        operations.add(operation(id, member.getKey(), path, member.getValue(), handler, problems));
                    }
                }
            }
        }
        unused.keySet().forEach(id -> problems.add("there is no operation " + id));
        if (!problems.isEmpty()) {
            throw new IllegalStateException("openapi/" + api.service() + ".json: " + String.join("; ", problems));
        }
    }

    private Operation operation(
            String id,
            String method,
            Map.Entry<String, JsonNode> path,
            JsonNode operation,
            Handler handler,
            List<String> problems) {
        Set<Role> roles = new HashSet<>();
        for (JsonNode role : operation.path("x-roles")) {
            Role.of(role.asText()).ifPresentOrElse(roles::add, () -> problems.add(id + ": no role is called " + role));
        }
        boolean isPublic = operation.path("x-public").asBoolean(false);
        if (isPublic == operation.has("x-roles")) {
            problems.add(id + ": has to have either x-roles or x-public");
        }
        Set<String> query = queryOf(path.getValue().path("parameters"));
        query.addAll(queryOf(operation.path("parameters")));
        return new Operation(
                id,
                method.toUpperCase(Locale.ROOT),
                Router.segments(path.getKey()),
                Set.copyOf(roles),
                isPublic,
                Set.copyOf(query),
                bodyTypes(operation),
                handler);
    }

    private Set<String> queryOf(JsonNode parameters) {
        return StreamSupport.stream(parameters.spliterator(), false)
                .map(this::resolved)
                .filter(parameter -> parameter.path("in").asText().equals("query"))
                .map(parameter -> parameter.path("name").asText())
                .collect(Collectors.toCollection(HashSet::new));
    }

    private Set<String> bodyTypes(JsonNode operation) {
        return resolved(operation.path("requestBody")).path("content").properties().stream()
                .map(type -> type.getKey().toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What a {@code $ref} within the document points at. */
    private JsonNode resolved(JsonNode node) {
        String reference = node.path("$ref").asText();
        if (!reference.startsWith("#")) {
            return node;
        }
        JsonNode target = document.at(reference.substring(1));
        if (target.isMissingNode()) {
            throw new IllegalStateException("the OpenAPI document has nothing at " + reference);
        }
        return target;
    }
}
