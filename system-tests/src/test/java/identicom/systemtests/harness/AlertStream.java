package identicom.systemtests.harness;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The alert stream as a screen hears it: every event, with the moment at which its last line came. */
public final class AlertStream implements AutoCloseable {
    /**
     * One event.
     *
     * @param atNanos by {@link System#nanoTime()}
     * @param id empty where it has none
     */
    public record Heard(long atNanos, String id, String event, JsonNode data) {
        public boolean isAlertOf(String serial) {
            return event.equals("alert") && data.path("serial").asText().equals(serial);
        }
    }

    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    private final HttpResponse<Stream<String>> response;

    AlertStream(HttpClient client, HttpRequest request) throws IOException, InterruptedException {
        this.response = client.send(request, BodyHandlers.ofLines());
        if (response.statusCode() != 200) {
            throw new IOException("alert stream: " + response.statusCode());
        }
        Thread.ofPlatform().daemon().name("alert-stream").start(this::read);
    }

    public List<Heard> heard() {
        return List.copyOf(heard);
    }

    /** The first alert of a unit that fits. */
    public Optional<Heard> first(String serial, Predicate<JsonNode> fits) {
        return heard.stream()
                .filter(one -> one.isAlertOf(serial) && fits.test(one.data()))
                .findFirst();
    }

    /** Of the changes that it heard, in the order in which they came. */
    public List<Long> ids() {
        return heard.stream()
                .filter(one -> !one.id().isEmpty())
                .map(one -> Long.valueOf(one.id()))
                .toList();
    }

    /** Whether nothing more comes. */
    public boolean ended() {
        return heard.stream().anyMatch(one -> one.event().equals("ended"));
    }

    /** Whether everything that was there before has been sent. */
    public boolean live() {
        return heard.stream().anyMatch(one -> one.event().equals("live"));
    }

    @Override
    public void close() {
        response.body().close();
    }

    private void read() {
        Parser parser = new Parser();
        try {
            response.body().forEach(parser::line);
        } catch (UncheckedIOException cutOff) {
            // as good as ended
        } finally {
            heard.add(new Heard(System.nanoTime(), "", "ended", Desk.JSON.nullNode()));
        }
    }

    private final class Parser {
        private String id = "";
        private String event = "message";
        private String data = "";

        void line(String line) {
            if (line.isEmpty()) {
                dispatch();
                return;
            }
            int colon = line.indexOf(':');
            String value = line.substring(colon + 1).strip();
            switch (line.substring(0, Math.max(0, colon))) {
                case "id" -> id = value;
                case "event" -> event = value;
                case "data" -> data = value;
                default -> {}
            }
        }

        private void dispatch() {
            if (!event.equals("message") || !data.isEmpty()) {
                heard.add(new Heard(System.nanoTime(), id, event, json()));
            }
            id = "";
            event = "message";
            data = "";
        }

        private JsonNode json() {
            try {
                return data.isEmpty() ? Desk.JSON.nullNode() : Desk.JSON.readTree(data);
            } catch (JsonProcessingException wrong) {
                throw new IllegalStateException("no JSON in the alert stream: " + data, wrong);
            }
        }
    }
}
