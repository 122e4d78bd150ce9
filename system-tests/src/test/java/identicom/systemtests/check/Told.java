package identicom.systemtests.check;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import identicom.simulator.unit.CarriedOut;
import identicom.simulator.unit.Entry;
import identicom.simulator.unit.Journal;
import identicom.simulator.unit.TakenPicture;
import identicom.systemtests.harness.Desk;
import identicom.systemtests.harness.Served;
import identicom.wire.codec.Instructions;
import identicom.wire.message.Command;
import identicom.wire.message.EventEntry;
import identicom.wire.message.Instruction;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a system would tell: first the truth about some units, then whatever is planted in it. */
final class Told implements Served, AutoCloseable {
    private static final int DEGREES_E7 = 7;

    final List<ObjectNode> events = new ArrayList<>();
    final List<ObjectNode> alerts = new ArrayList<>();
    final List<ObjectNode> pictures = new ArrayList<>();
    final List<ObjectNode> commands = new ArrayList<>();
    final Map<String, byte[]> contents = new TreeMap<>();

    private final HttpServer server;

    private Told() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/events", exchange -> {
            StringBuilder lines = new StringBuilder();
            events.forEach(event -> lines.append(event).append('\n'));
            send(exchange, lines.toString().getBytes(StandardCharsets.UTF_8));
        });
        server.createContext("/api/v1/alerts", exchange -> send(exchange, page(alerts)));
        server.createContext("/api/v1/pictures", this::pictures);
        server.createContext("/api/v1/units", this::commands);
        server.start();
    }

    /** What is true of these units, if everything that they no longer hold is stored, and nothing else. */
    static Told truthAbout(List<Journal> journals) throws IOException {
        Told told = new Told();
        for (Journal journal : journals) {
            journal.deleted().forEach(entry -> told.events.add(event(journal.serial(), entry)));
            long critical = journal.deleted().stream()
                    .filter(entry -> Ledger.critical(entry.event()))
                    .count();
            if (critical > 0) {
                told.alert(journal.serial(), critical);
            }
            journal.deletedPictures().forEach(picture -> told.picture(journal.serial(), picture));
            journal.commands().forEach(command -> told.command(journal.serial(), command));
        }
        return told;
    }

    void alert(String serial, long events) {
        alerts.add(Desk.JSON
                .createObjectNode()
                .put("id", "alert-" + alerts.size())
                .put("serial", serial)
                .put("eventCount", events));
    }

    static ObjectNode event(String serial, Entry entry) {
        EventEntry event = entry.event();
        ObjectNode json = Desk.JSON
                .createObjectNode()
                .put("serial", serial)
                .put("log", entry.logId())
                .put("sequence", event.sequence())
                .put("type", "%02x".formatted(event.type()))
                .put("time", Instant.ofEpochSecond(event.unitTimeSeconds()).toString())
                .put("battery", event.battery())
                .put("signal", event.signalDbm());
        if (event.positionValid()) {
            json.putObject("position").put("lat", degrees(event.latitudeE7())).put("lon", degrees(event.longitudeE7()));
        } else {
            json.putNull("position");
        }
        return json;
    }

    private static BigDecimal degrees(int e7) {
        return BigDecimal.valueOf(e7, DEGREES_E7);
    }

    void picture(String serial, TakenPicture picture) {
        String id = "picture-" + pictures.size();
        byte[] content = picture.content().toArray();
        contents.put(id, content);
        pictures.add(Desk.JSON
                .createObjectNode()
                .put("id", id)
                .put("serial", serial)
                .put("picture", picture.number())
                .put("takenAt", picture.takenAt().toString())
                .put("size", picture.size())
                .put("crc32", HexFormat.of().toHexDigits((int) picture.crc32()))
                .put("state", "complete")
                .put("sha256", PictureLedger.sha256(content)));
    }

    private void command(String serial, CarriedOut command) {
        ObjectNode json = Desk.JSON
                .createObjectNode()
                .put("ticket", command.ticket())
                .put("serial", serial)
                .put("state", "done");
        ObjectNode arguments = json.putObject("arguments");
        switch (((Instructions.Reading.Understood)
                        Instructions.read(new Command(command.ticket(), command.opcode(), command.arguments())))
                .instruction()) {
            case Instruction.ShowMessage(String text) -> {
                json.put("command", "show-message");
                arguments.put("text", text);
            }
            case Instruction.SetCheckInInterval(int minutes) -> {
                json.put("command", "set-check-in-interval");
                arguments.put("minutes", minutes);
            }
            default -> throw new IllegalArgumentException("not told of: " + command);
        }
        commands.add(json);
    }

    /** {@code /api/v1/units/{serial}/commands}. */
    private void commands(HttpExchange exchange) throws IOException {
        String serial = exchange.getRequestURI().getPath().split("/")[4];
        send(
                exchange,
                page(commands.stream()
                        .filter(command -> command.get("serial").asText().equals(serial))
                        .toList()));
    }

    private void pictures(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.endsWith("/content")) {
            send(exchange, contents.get(path.split("/")[4]));
        } else {
            send(exchange, page(pictures));
        }
    }

    private static byte[] page(List<ObjectNode> items) {
        ObjectNode page = Desk.JSON.createObjectNode();
        ArrayNode array = page.putArray("items");
        items.forEach(array::add);
        page.putNull("next");
        return page.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void send(HttpExchange exchange, byte[] body) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public URI http(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
