package identicom.systemtests.pretend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/** The pretended system's alerts, what people do to them, and the streams that are told. Guarded by itself. */
final class PretendAlerts {
    private static final int CONFLICT = 409;
    private static final int OK = 200;

    private final Map<String, ObjectNode> alerts = new LinkedHashMap<>();
    private final List<String> shown = new CopyOnWriteArrayList<>();
    private final List<BlockingQueue<String>> streams = new CopyOnWriteArrayList<>();
    private int changes;

    record Outcome(int status, ObjectNode body) {}

    PretendAlerts(ArrayNode known) {
        known.forEach(alert -> alerts.put(alert.get("id").asText(), (ObjectNode) alert));
    }

    List<String> shown() {
        return List.copyOf(shown);
    }

    synchronized ObjectNode page(Map<String, String> query) {
        return PretendData.page(new ArrayList<JsonNode>(alerts.values()), query);
    }

    synchronized Optional<JsonNode> get(String id) {
        return Optional.ofNullable(alerts.get(id)).map(JsonNode::deepCopy);
    }

    /** A new stream's frames, to be taken one by one: first every alert that is not closed. */
    synchronized BlockingQueue<String> stream() {
        BlockingQueue<String> frames = new LinkedBlockingQueue<>();
        alerts.values().stream()
                .filter(alert -> !alert.get("state").asText().equals("closed"))
                .forEach(alert -> frames.add(frame("alert", alert)));
        frames.add(frame("live", PretendData.NODES.objectNode()));
        streams.add(frames);
        return frames;
    }

    synchronized void tell(String event, JsonNode data) {
        String frame = frame(event, data);
        streams.forEach(stream -> stream.add(frame));
    }

    void leave(BlockingQueue<String> stream) {
        streams.remove(stream);
    }

    /** What the system says by itself: these members of an alert change. */
    synchronized void change(String id, JsonNode members) {
        alerts.get(id).setAll((ObjectNode) members);
        tell("alert", alerts.get(id));
    }

    synchronized Outcome act(String id, String deed, JsonNode body, String who) {
        ObjectNode alert = alerts.get(id);
        if (alert == null) {
            return new Outcome(404, PretendData.NODES.objectNode().put("title", "No such alert"));
        }
        Optional<ObjectNode> refusal = switch (deed) {
            case "acknowledge" -> held(alert, who);
            case "close" -> openSteps(alert);
            default -> Optional.empty();
        };
        if (refusal.isPresent()) {
            return new Outcome(CONFLICT, refusal.orElseThrow());
        }
        switch (deed) {
            case "acknowledge" -> alert.put("state", "acknowledged").put("acknowledgedBy", who);
            case "steps" -> step(alert, body.get("step").asText(), who);
            case "live" -> alert.put("test", false).putNull("testUntil");
            case "close" ->
                alert.put("state", "closed").put("outcome", body.get("outcome").asText());
            case "shown" -> shown.add(id);
            default -> {}
        }
        String detail = body.path("step")
                .asText(body.path("text").asText(body.path("outcome").asText(null)));
        if (deed.equals("shown")) {
            ((ObjectNode) alert.get("journey")).put("shownAt", now());
        } else {
            ((ArrayNode) alert.get("history"))
                    .add(PretendData.NODES
                            .objectNode()
                            .put("at", now())
                            .put("what", word(deed))
                            .put("who", who)
                            .put("detail", detail));
        }
        tell("alert", alert);
        return new Outcome(OK, alert.deepCopy());
    }

    private static String word(String deed) {
        return switch (deed) {
            case "acknowledge" -> "acknowledged";
            case "close" -> "closed";
            case "steps" -> "step";
            case "notes" -> "note";
            default -> deed;
        };
    }

    private static void step(ObjectNode alert, String step, String who) {
        for (JsonNode known : alert.withArray("checklist")) {
            if (known.get("step").asText().equals(step)) {
                ((ObjectNode) known).put("doneAt", now()).put("doneBy", who);
            }
        }
    }

    private static Optional<ObjectNode> held(ObjectNode alert, String who) {
        String holder = alert.path("acknowledgedBy").asText("null");
        return holder.equals("null") || holder.equals(who)
                ? Optional.empty()
                : Optional.of(problem("The alert is taken").put("acknowledgedBy", holder));
    }

    private static Optional<ObjectNode> openSteps(ObjectNode alert) {
        ObjectNode problem = problem("Steps are open");
        ArrayNode open = problem.putArray("openSteps");
        for (JsonNode known : alert.withArray("checklist")) {
            if (known.path("doneAt").isNull()) {
                open.add(known.get("step"));
            }
        }
        return open.isEmpty() ? Optional.empty() : Optional.of(problem);
    }

    static ObjectNode problem(String title) {
        return PretendData.NODES.objectNode().put("title", title);
    }

    private String frame(String event, JsonNode data) {
        return "id: " + ++changes + "\nevent: " + event + "\ndata: " + data + "\n\n";
    }

    static String now() {
        return Instant.now().toString();
    }
}
