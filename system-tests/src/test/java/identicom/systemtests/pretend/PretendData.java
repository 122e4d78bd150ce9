package identicom.systemtests.pretend;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What the pretended system knows, from {@code pretend/answers.json}: single answers by path, lists that are filtered and cut into
 * pages, and collections whose members can be put and deleted. {@code @-90} in it is the time 90 seconds before the start, {@code #3} the day three days before. Guarded by
 * itself.
 */
final class PretendData {
    static final ObjectMapper JSON = new ObjectMapper();
    static final JsonNodeFactory NODES = JSON.getNodeFactory();

    private static final Pattern DAY = Pattern.compile("\"#(\\d+)\"");
    private static final Pattern RELATIVE = Pattern.compile("\"@(-?\\d+(?:\\.\\d+)?)\"");
    private static final Set<String> NO_FILTERS = Set.of("limit", "cursor", "from", "to");
    private static final int MILLIS = 1000;

    private final ObjectNode root;

    PretendData() {
        Instant start = Instant.now();
        try (InputStream in = PretendData.class.getResourceAsStream("/pretend/answers.json")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            String dated = DAY.matcher(text).replaceAll((MatchResult found) -> '"' + day(start, found.group(1)) + '"');
            root = (ObjectNode) JSON.readTree(
                    RELATIVE.matcher(dated).replaceAll((MatchResult found) -> '"' + at(start, found.group(1)) + '"'));
        } catch (IOException e) {
            throw new UncheckedIOException("pretend/answers.json cannot be read", e);
        }
    }

    private static String day(Instant start, String before) {
        return LocalDate.ofInstant(start, ZoneOffset.UTC)
                .minusDays(Long.parseLong(before))
                .toString();
    }

    private static String at(Instant start, String seconds) {
        return start.plusMillis(Math.round(Double.parseDouble(seconds) * MILLIS))
                .toString();
    }

    ArrayNode alerts() {
        return (ArrayNode) root.get("alerts");
    }

    synchronized Optional<JsonNode> get(String path, Map<String, String> query) {
        JsonNode answer = root.get("answers").get(path);
        if (answer != null) {
            return Optional.of(answer.has("items") ? page(answer.get("items"), query) : answer.deepCopy());
        }
        Optional<ObjectNode> collection = collection(path);
        return collection.isEmpty()
                ? Optional.empty()
                : member(collection.orElseThrow(), path).map(JsonNode::deepCopy);
    }

    synchronized boolean put(String path, JsonNode body, String who) {
        if (root.get("answers").has(path)) {
            ((ObjectNode) root.get("answers")).set(path, body);
            return true;
        }
        Optional<ObjectNode> collection = collection(path);
        collection.ifPresent(known -> {
            ObjectNode member =
                    ((ObjectNode) body.deepCopy()).put(known.get("key").asText(), name(path));
            if (member.has("minutes")) {
                Instant until =
                        Instant.now().plusSeconds(60L * member.remove("minutes").asInt());
                member.put("until", until.toString()).put("setBy", who);
            }
            delete(path);
            ((ArrayNode) known.get("items")).add(member);
        });
        return collection.isPresent();
    }

    synchronized boolean delete(String path) {
        Optional<ObjectNode> collection = collection(path);
        Optional<JsonNode> member = collection.flatMap(known -> member(known, path));
        if (member.isEmpty()) {
            return false;
        }
        ArrayNode items = (ArrayNode) collection.orElseThrow().get("items");
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) == member.orElseThrow()) {
                items.remove(i);
            }
        }
        return true;
    }

    /** The collection that a member's path is in. */
    private Optional<ObjectNode> collection(String path) {
        JsonNode found = root.get("answers").get(path.substring(0, path.lastIndexOf('/')));
        return found != null && found.has("key") ? Optional.of((ObjectNode) found) : Optional.empty();
    }

    private static Optional<JsonNode> member(ObjectNode collection, String path) {
        String key = collection.get("key").asText();
        for (JsonNode item : collection.get("items")) {
            if (item.path(key).asText().equals(name(path))) {
                return Optional.of(item);
            }
        }
        return Optional.empty();
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    static ObjectNode page(Iterable<JsonNode> items, Map<String, String> query) {
        ArrayNode found = NODES.arrayNode();
        int from = Integer.parseInt(query.getOrDefault("cursor", "0"));
        int limit = Integer.parseInt(query.getOrDefault("limit", "100"));
        int at = 0;
        boolean more = false;
        for (JsonNode item : items) {
            if (!fits(item, query)) {
                continue;
            }
            more = at >= from + limit;
            if (at >= from && !more) {
                found.add(item.deepCopy());
            }
            at++;
        }
        ObjectNode page = NODES.objectNode();
        page.set("items", found);
        return page.put("next", more ? Integer.toString(from + limit) : null);
    }

    private static boolean fits(JsonNode item, Map<String, String> query) {
        return query.entrySet().stream()
                .filter(filter -> !NO_FILTERS.contains(filter.getKey()))
                .filter(filter -> !filter.getValue().equals("all"))
                .allMatch(filter -> !item.has(filter.getKey())
                        || item.get(filter.getKey()).asText().equals(filter.getValue()));
    }

    static JsonNode parse(String text) {
        try {
            return text.isBlank() ? NODES.objectNode() : JSON.readTree(text);
        } catch (JsonProcessingException wrong) {
            throw new IllegalArgumentException("no JSON: " + text, wrong);
        }
    }
}
