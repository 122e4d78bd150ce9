package identicom.fleetservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import identicom.schema.Cluster;
import identicom.schema.Topic;
import identicom.schema.v1.AuditEntry;
import identicom.schema.v1.Command;
import identicom.schema.v1.CommandOutcome;
import identicom.schema.v1.CommandResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandsOverHttpTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final TestFleet fleet = TestFleet.shared();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CMD-INT | {"command":"set-check-in-interval","arguments":{"minutes":1440}} | 1 | a005
            CMD-PIC | {"command":"take-picture"}                                        | 2 |
            CMD-POS | {"command":"report-position","arguments":{}}                      | 3 |
            CMD-MSG | {"command":"show-message","arguments":{"text":"Call ~ in"}}       | 4 | 43616c6c207e20696e
            CMD-CLK | {"command":"set-clock","arguments":null}                          | 5 |
            """)
    void aCommandIsQueuedAndStandsOnTheTopicAsOnTheWire(String serial, String body, int opcode, String arguments) {
        JsonNode queued = queue(serial, body);
        assertThat(queued.path("state").asText()).isEqualTo("queued");
        assertThat(queued.path("since")).isEqualTo(queued.path("createdAt"));
        assertThat(queued.path("requestedBy").asText()).isEqualTo("admin");
        assertThat(Duration.between(at(queued, "createdAt"), at(queued, "expiresAt")))
                .isEqualTo(Duration.ofDays(1));
        assertThat(fleet.get("/api/v1/commands/" + ticket(queued)).body()).isEqualTo(queued);
        Command told = awaitTold(serial, 1).getFirst();
        assertThat(Integer.toUnsignedLong(told.getTicket())).isEqualTo(ticket(queued));
        assertThat(told.getOpcode()).isEqualTo(opcode);
        assertThat(told.getArguments().toByteArray())
                .isEqualTo(HexFormat.of().parseHex(arguments == null ? "" : arguments));
        assertThat(told.getExpiresAtUs()).isEqualTo(micros(at(queued, "expiresAt")));
        assertThat(told.getCancelled()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                                        | command
            {"command":"explode"}                                                     | command
            {"command":"take-picture","arguments":{"minutes":1}}                      | arguments
            {"command":"set-check-in-interval"}                                       | minutes
            {"command":"set-check-in-interval","arguments":{"minutes":0}}             | minutes
            {"command":"set-check-in-interval","arguments":{"minutes":1441}}          | minutes
            {"command":"set-check-in-interval","arguments":{"minutes":"9"}}           | minutes
            {"command":"set-check-in-interval","arguments":{"minutes":1.5}}           | minutes
            {"command":"show-message","arguments":{"text":""}}                        | text
            {"command":"show-message","arguments":{"text":"Zo\\u00eb"}}               | text
            {"command":"show-message","arguments":{"text":"\\u001b[31m"}}             | text
            {"command":"take-picture","expiresInSeconds":59}                          | expiresInSeconds
            {"command":"take-picture","expiresInSeconds":604801}                      | expiresInSeconds
            """)
    void whatCannotBeACommandIsRefusedAndSaidWhy(String body, String parameter) {
        fleet.asAdmin("PUT", "/api/v1/units/CMD-BAD", "{}");
        TestFleet.Answer answer = fleet.asAdmin("POST", "/api/v1/units/CMD-BAD/commands", body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("parameter").asText()).isEqualTo(parameter);
        assertThat(answer.body().path("expected").asText()).isNotEmpty();
        assertThat(fleet.get("/api/v1/units/CMD-BAD/commands").body().path("items"))
                .isEmpty();
    }

    @Test
    void aTextThatIsTooLongAndATicketThatIsNoneAreRefused() {
        fleet.asAdmin("PUT", "/api/v1/units/CMD-LONG", "{}");
        String body = TestFleet.json(Map.of("command", "show-message", "arguments", Map.of("text", "x".repeat(115))));
        assertThat(fleet.asAdmin("POST", "/api/v1/units/CMD-LONG/commands", body)
                        .status())
                .isEqualTo(400);
        for (String ticket : List.of("0", "4294967296", "x", "-1")) {
            assertThat(fleet.get("/api/v1/commands/" + ticket).status()).isEqualTo(400);
        }
        assertThat(fleet.get("/api/v1/units/CMD-LONG/commands?cursor=nonsense").status())
                .isEqualTo(400);
    }

    @Test
    void aUnitThatIsNotThereOrDecommissionedGetsNone() {
        assertThat(fleet.asAdmin("POST", "/api/v1/units/CMD-NONE/commands", "{\"command\":\"take-picture\"}")
                        .status())
                .isEqualTo(404);
        fleet.asAdmin("PUT", "/api/v1/units/CMD-GONE", "{\"state\":\"decommissioned\"}");
        TestFleet.Answer refused =
                fleet.asAdmin("POST", "/api/v1/units/CMD-GONE/commands", "{\"command\":\"take-picture\"}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().path("expected").asText()).isEqualTo("a commissioned unit");
    }

    @Test
    void sixteenWaitForAUnitAtMost() {
        List<Long> tickets = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            tickets.add(ticket(queue("CMD-FULL", "{\"command\":\"take-picture\"}")));
        }
        TestFleet.Answer refused =
                fleet.asAdmin("POST", "/api/v1/units/CMD-FULL/commands", "{\"command\":\"take-picture\"}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().path("detail").asText()).contains("16 commands wait");
        assertThat(fleet.asAdmin("DELETE", "/api/v1/commands/" + tickets.get(3), "")
                        .status())
                .isEqualTo(200);
        tickets.add(ticket(queue("CMD-FULL", "{\"command\":\"take-picture\"}")));

        JsonNode page = fleet.get("/api/v1/units/CMD-FULL/commands?limit=10").body();
        List<Long> listed = new ArrayList<>();
        page.path("items").forEach(command -> listed.add(ticket(command)));
        fleet.get("/api/v1/units/CMD-FULL/commands?limit=10&cursor="
                        + page.path("next").asText())
                .body()
                .path("items")
                .forEach(command -> listed.add(ticket(command)));
        assertThat(listed.reversed()).isEqualTo(tickets);
    }

    @Test
    void sentAndAnsweredAreShownAndTheFirstAnswerCounts() {
        JsonNode queued = queue("CMD-DONE", "{\"command\":\"take-picture\"}");
        Instant sent = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        tell(result("CMD-DONE", queued, sent).setOutcome(CommandOutcome.SENT));
        JsonNode underWay = awaitState(queued, "sent");
        assertThat(at(underWay, "since")).isEqualTo(sent);
        assertThat(underWay.path("station").asText()).isEqualTo("st-9");

        tell(result("CMD-ELSE", queued, sent).setOutcome(CommandOutcome.ANSWERED));
        tell(result("CMD-DONE", queued, sent.plusSeconds(1))
                .setOutcome(CommandOutcome.ANSWERED)
                .setResult(ByteString.copyFrom(new byte[] {0x2a, 1})));
        tell(result("CMD-DONE", queued, sent.plusSeconds(9))
                .setOutcome(CommandOutcome.ANSWERED)
                .setStatus(4));
        JsonNode later = queue("CMD-DONE", "{\"command\":\"set-clock\"}");
        tell(result("CMD-DONE", later, sent.plusSeconds(10))
                .setOutcome(CommandOutcome.ANSWERED)
                .setStatus(3));
        JsonNode failed = awaitState(later, "failed");
        assertThat(failed.path("reason").asText()).isEqualTo("the unit was busy");
        assertThat(at(failed, "sentAt")).isEqualTo(sent.plusSeconds(10));

        JsonNode done = awaitState(queued, "done");
        TestFleet.Answer tooLate = fleet.asAdmin("DELETE", "/api/v1/commands/" + ticket(queued), "");
        assertThat(tooLate.status()).isEqualTo(409);
        assertThat(tooLate.body().path("state").asText()).isEqualTo("done");
        assertThat(at(done, "since")).isEqualTo(sent.plusSeconds(1));
        assertThat(at(done, "sentAt")).isEqualTo(sent);
        assertThat(done.path("result").path("picture").asInt()).isEqualTo(298);
        assertThat(done.path("reason").isNull()).isTrue();
    }

    @Test
    void whatNoStationCouldHaveToldIsLeftOutAndWhatFollowsCounts() {
        JsonNode queued = queue("CMD-ODD", "{\"command\":\"take-picture\"}");
        CommandResult answered = result("CMD-ODD", queued, Instant.now())
                .setOutcome(CommandOutcome.ANSWERED)
                .build();
        tell(answered.toBuilder().setAtUs(-1).setStatus(4));
        tell(answered.toBuilder().setAtUs(Long.MAX_VALUE).setStatus(4));
        tell(answered.toBuilder().setStation("st\0").setStatus(4));
        tell(answered.toBuilder().setStatus(256));
        fleet.publish(
                Topic.COMMAND_RESULTS,
                "CMD-ODD",
                answered.toBuilder().setSerial("cmd\0").build().toByteArray());
        fleet.publish(Topic.COMMAND_RESULTS, "CMD-ODD", new byte[] {1, 2, 3});
        tell(answered.toBuilder());

        awaitState(queued, "done");
    }

    @Test
    void aCommandThatIsTakenBackIsToldToStationsAndWhatWasSentAllTheSameIsShown() throws Exception {
        JsonNode queued = queue("CMD-BACK", "{\"command\":\"report-position\",\"expiresInSeconds\":60}");
        TestFleet.Answer cancelled = fleet.asAdmin("DELETE", "/api/v1/commands/" + ticket(queued), "");
        assertThat(cancelled.status()).isEqualTo(200);
        assertThat(cancelled.body().path("state").asText()).isEqualTo("cancelled");
        assertThat(cancelled.body().path("cancelledBy").asText()).isEqualTo("admin");
        TestFleet.Answer again = fleet.asAdmin("DELETE", "/api/v1/commands/" + ticket(queued), "");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.body().path("state").asText()).isEqualTo("cancelled");
        List<Command> told = awaitTold("CMD-BACK", 2);
        assertThat(told).extracting(Command::getCancelled).containsExactly(false, true);
        assertThat(told.getLast().getTicket()).isEqualTo(told.getFirst().getTicket());

        JsonNode sent = queue("CMD-BACK", "{\"command\":\"report-position\"}");
        tell(result("CMD-BACK", sent, Instant.now()).setOutcome(CommandOutcome.SENT));
        awaitState(sent, "sent");
        JsonNode given =
                fleet.asAdmin("DELETE", "/api/v1/commands/" + ticket(sent), "").body();
        assertThat(given.path("state").asText()).isEqualTo("cancelled");
        assertThat(given.path("sentAt").isNull()).isFalse();

        tell(result("CMD-BACK", queued, Instant.now()).setOutcome(CommandOutcome.ANSWERED));
        awaitState(queued, "done");
        assertThat(fleet.asAdmin("DELETE", "/api/v1/commands/999999", "").status())
                .isEqualTo(404);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(audited("CMD-BACK"))
                        .extracting(AuditEntry::getAction)
                        .containsSequence("unit.command", "unit.command-cancel"));
    }

    private List<AuditEntry> audited(String object) {
        return fleet.records(Cluster.MAIN, Topic.AUDIT).stream()
                .map(record -> {
                    try {
                        return AuditEntry.parseFrom(record.value());
                    } catch (InvalidProtocolBufferException e) {
                        throw new AssertionError(e);
                    }
                })
                .filter(entry -> entry.getObject().equals(object))
                .toList();
    }

    private JsonNode queue(String serial, String body) {
        fleet.asAdmin("PUT", "/api/v1/units/" + serial, "{}");
        TestFleet.Answer answer = fleet.asAdmin("POST", "/api/v1/units/" + serial + "/commands", body);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(202);
        return answer.body();
    }

    private static CommandResult.Builder result(String serial, JsonNode command, Instant at) {
        return CommandResult.newBuilder()
                .setSerial(serial)
                .setTicket((int) ticket(command))
                .setStation("st-9")
                .setAtUs(micros(at));
    }

    private void tell(CommandResult.Builder result) {
        fleet.publish(Topic.COMMAND_RESULTS, result.getSerial(), result.build().toByteArray());
    }

    private JsonNode awaitState(JsonNode command, String state) {
        String path = "/api/v1/commands/" + ticket(command);
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(fleet.get(path).body().path("state").asText())
                                .isEqualTo(state));
        return fleet.get(path).body();
    }

    private List<Command> awaitTold(String serial, int count) {
        await().atMost(SOON).until(() -> told(serial).size() == count);
        return told(serial);
    }

    private List<Command> told(String serial) {
        return fleet.records(Cluster.MAIN, Topic.COMMANDS).stream()
                .filter(record -> serial.equals(new String(record.key(), StandardCharsets.UTF_8)))
                .map(record -> {
                    try {
                        return Command.parseFrom(record.value());
                    } catch (InvalidProtocolBufferException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }

    private static long ticket(JsonNode command) {
        return command.path("ticket").asLong();
    }

    private static Instant at(JsonNode command, String field) {
        return Instant.parse(command.path(field).asText());
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
