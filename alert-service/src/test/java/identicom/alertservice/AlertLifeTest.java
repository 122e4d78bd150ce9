package identicom.alertservice;

import static identicom.alertservice.Events.LANYARD;
import static identicom.alertservice.Events.MAN_DOWN;
import static identicom.alertservice.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import identicom.schema.Cluster;
import identicom.schema.Topic;
import identicom.schema.v1.Event;
import identicom.schema.v1.KeyRecord;
import identicom.schema.v1.Revocation;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What people do to alerts, and what becomes of those whose holders are gone, over HTTP and with the parts as they run. */
class AlertLifeTest {

    private static final Duration PATIENCE = ServiceFixture.PATIENCE;

    /** Longer than a page on a busy machine is silent. */
    private static final Duration LOST_AFTER = Duration.ofSeconds(8);

    private static ServiceFixture system;

    @BeforeAll
    static void start() throws Exception {
        system = new ServiceFixture(Map.of("alerts.holder-lost-after", LOST_AFTER.toSeconds() + "s"));
        raised("WARM-UP", LANYARD);
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    private static void happens(String serial, long sequence, int type) throws Exception {
        Instant now = Instant.ofEpochSecond(Instant.now().getEpochSecond());
        Event event = event(serial, sequence, type, now);
        system.publish(Cluster.MAIN, Topic.EVENTS_CRITICAL, serial, event);
    }

    private static String raised(String serial, int type) throws Exception {
        happens(serial, 1, type);
        return path(alert(serial));
    }

    private static String path(JsonNode alert) {
        return "/api/v1/alerts/" + alert.path("id").asText();
    }

    /** The unit's newest alert, once there is one. */
    private static JsonNode alert(String serial) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .until(
                        () -> system.json(system.get("ann", "/api/v1/alerts?serial=" + serial))
                                .path("items"),
                        list -> !list.isEmpty())
                .get(0);
    }

    private static JsonNode awaitState(String serial, String state) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .until(
                        () -> alert(serial),
                        alert -> alert.path("state").asText().equals(state));
    }

    /** Why it was opened again last. */
    private static String whyReopened(JsonNode alert) {
        String why = "";
        for (JsonNode entry : alert.path("history")) {
            if (entry.path("what").asText().equals("reopened")) {
                why = entry.path("detail").asText();
            }
        }
        return why;
    }

    private static JsonNode answer(HttpResponse<String> response, int status) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return system.json(response);
    }

    @Test
    void criticalAlertIsClosedWhenItsChecklistIsDone() throws Exception {
        String list = "/api/v1/checklists/man-down";
        assertThat(answer(system.get("fritz", list), 200).path("steps")).isEmpty();
        assertThat(system.put("ann", list, "{\"steps\":[\"Call\"]}").statusCode())
                .isEqualTo(403);
        answer(system.put("root", list, "{\"steps\":[\" Call the wearer \",\"Call an ambulance\"]}"), 200);
        String alert = raised("LIST-1", MAN_DOWN);
        JsonNode refused = answer(system.post("ann", alert + "/close", "{\"outcome\":\"test\"}"), 409);
        assertThat(refused.path("openSteps").toString()).isEqualTo("[\"Call the wearer\",\"Call an ambulance\"]");
        answer(system.post("ann", alert + "/steps", "{\"step\":\"Call the wearer\"}"), 200);
        JsonNode after = answer(system.post("bob", alert + "/steps", "{\"step\":\"Call an ambulance\"}"), 200);

        assertThat(after.path("checklist").get(0).path("doneBy").asText()).isEqualTo("ann");
        assertThat(after.path("checklist").get(1).path("doneAt").asText()).isNotEmpty();
        answer(system.post("ann", alert + "/close", "{\"outcome\":\"genuine\"}"), 200);
        assertThat(answer(system.get("aud", "/api/v1/checklists?limit=1"), 200)
                        .path("items")
                        .get(0)
                        .path("kind")
                        .asText())
                .isEqualTo("man-down");
        answer(system.put("root", list, "{\"steps\":[]}"), 200);
    }

    @Test
    void listsStepsAndTestsThatCannotBeAreRefused() throws Exception {
        String alert = raised("BAD-1", LANYARD);
        assertThat(system.put("root", "/api/v1/checklists/Man%20Down", "{\"steps\":[]}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(system.put("root", "/api/v1/checklists/man-down", "{}").statusCode())
                .isEqualTo(400);
        assertThat(system.put("root", "/api/v1/checklists/man-down", "{\"steps\":[\"a\",\"a\"]}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(system.put("root", "/api/v1/checklists/man-down", "{\"steps\":[null]}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(system.post("ann", alert + "/steps", "{\"step\":\" \"}").statusCode())
                .isEqualTo(400);
        assertThat(system.post("ann", alert + "/steps", "{\"step\":\"" + "x".repeat(201) + "\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(system.put("ann", "/api/v1/tests/BAD-1", "{\"minutes\":121}").statusCode())
                .isEqualTo(400);
        assertThat(system.put("ann", "/api/v1/tests/BAD-1", "{}").statusCode()).isEqualTo(400);
        assertThat(system.put("ann", "/api/v1/tests/bad", "{\"minutes\":5}").statusCode())
                .isEqualTo(400);
        assertThat(system.get("ann", "/api/v1/tests?cursor=bad").statusCode()).isEqualTo(400);
        assertThat(system.get("ann", "/api/v1/checklists?cursor=BAD-1").statusCode())
                .isEqualTo(400);
        assertThat(system.put("aud", "/api/v1/tests/BAD-1", "{\"minutes\":5}").statusCode())
                .isEqualTo(403);
        assertThat(system.delete("ann", "/api/v1/tests/BAD-1").statusCode()).isEqualTo(404);
        assertThat(system.post("aud", alert + "/live", "{}").statusCode()).isEqualTo(403);
    }

    @Test
    void unitOnTestRaisesATestAlertThatOneClickMakesLive() throws Exception {
        answer(system.put("fritz", "/api/v1/tests/TEST-1", "{\"minutes\":30}"), 200);
        JsonNode listed = answer(system.get("ann", "/api/v1/tests"), 200).path("items");
        assertThat(StreamSupport.stream(listed.spliterator(), false))
                .anySatisfy(unit -> assertThat(unit.path("setBy").asText()).isEqualTo("fritz"));
        String alert = raised("TEST-1", MAN_DOWN);
        assertThat(alert("TEST-1").path("test").asBoolean()).isTrue();
        assertThat(alert("TEST-1").path("testUntil").asText()).isNotEmpty();

        JsonNode live = answer(system.post("ann", alert + "/live", "{}"), 200);
        assertThat(live.path("test").asBoolean()).isFalse();
        assertThat(live.path("rings").asInt()).isEqualTo(2);
        assertThat(system.delete("ann", "/api/v1/tests/TEST-1").statusCode()).isEqualTo(204);
    }

    @Test
    void holderWhoLogsOutLosesTheAlertToTheQueue() throws Exception {
        String alert = raised("OUT-1", LANYARD);
        answer(system.post("olga", alert + "/acknowledge", "{}"), 200);
        Revocation logout = Revocation.newBuilder()
                .setTokenId("token-of-olga")
                .setTokenUser("olga")
                .setIssuedUntilUs(
                        ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now().plusSeconds(1)))
                .build();
        KeyRecord record = KeyRecord.newBuilder().setRevocation(logout).build();
        system.publish(Cluster.MAIN, Topic.KEYS, "revoked:token-of-olga", record);

        assertThat(whyReopened(awaitState("OUT-1", "open"))).isEqualTo("its holder logged out");
    }

    @Test
    void holderWhoseScreenIsGoneLosesTheAlertAndWhoHadNoneKeepsTheirs() throws Exception {
        String withScreen = raised("GONE-1", LANYARD);
        String without = raised("GONE-2", LANYARD);
        answer(system.post("nora", without + "/acknowledge", "{}"), 200);
        try (SseClient screen = system.streamOf("gina")) {
            screen.await(PATIENCE, got -> got.event().equals("live"));
            JsonNode held = answer(system.post("gina", withScreen + "/acknowledge", "{}"), 200);
            assertThat(held.path("attendBy").asText()).isNotEmpty();
        }

        assertThat(whyReopened(awaitState("GONE-1", "open"))).isEqualTo("its holder's screen is gone");
        assertThat(alert("GONE-2").path("acknowledgedBy").asText()).isEqualTo("nora");
    }

    @Test
    void holderWhoseNetworkIsLostLosesTheAlertThoughNoConnectionEnds() throws Exception {
        String alert = raised("LOST-1", LANYARD);
        try (StallingProxy network = new StallingProxy(system.port());
                SseClient screen = SseClient.answering(network.port(), "lois")) {
            screen.await(PATIENCE, got -> got.event().equals("live"));
            answer(system.post("lois", alert + "/acknowledge", "{}"), 200);
            Awaitility.await()
                    .during(LOST_AFTER.plusSeconds(2))
                    .atMost(PATIENCE)
                    .until(() -> system.answerHeartbeat(network.port(), "lois") == 204
                            && alert("LOST-1").path("acknowledgedBy").asText().equals("lois"));

            network.loseTheNetwork();
            assertThat(whyReopened(awaitState("LOST-1", "open"))).isEqualTo("its holder's screen is gone");
        }
    }

    @Test
    void screenOfSomebodyWhoMayNotTakeAnAlertIsNobodyWhoIsThere() throws Exception {
        assertThat(system.answerHeartbeat(system.port(), "aud")).isEqualTo(403);
        try (SseClient reading = SseClient.answering(system.port(), "aud");
                SseClient alsoReading = system.streamOf("aud")) {
            reading.await(PATIENCE, got -> got.event().equals("live"));
            alsoReading.await(PATIENCE, got -> got.event().equals("live"));
            try (SseClient taking = SseClient.answering(system.port(), "opal");
                    SseClient administering = system.streamOf("root")) {
                taking.await(PATIENCE, got -> got.event().equals("live"));
                administering.await(PATIENCE, got -> got.event().equals("live"));

                Awaitility.await()
                        .atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(present()).contains("opal", "root"));
                assertThat(present()).doesNotContain("aud");
            }
        }
    }

    private static List<String> present() throws SQLException {
        return system.database().column("select user_name from alerts.presence");
    }
}
