package identicom.alertservice;

import static identicom.alertservice.Events.LANYARD;
import static identicom.alertservice.Events.MAN_DOWN;
import static identicom.alertservice.Events.RED_ALERT;
import static identicom.alertservice.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import identicom.alertservice.SseClient.Got;
import identicom.schema.Cluster;
import identicom.schema.Topic;
import identicom.schema.v1.Event;
import identicom.schema.v1.UnitRecord;
import identicom.schema.v1.UnitState;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The service from topic to screen: two real clusters, a real database, HTTP. */
class AlertServiceTest {

    private static final Duration PATIENCE = ServiceFixture.PATIENCE;
    private static ServiceFixture system;

    @BeforeAll
    static void start() throws Exception {
        system = new ServiceFixture();
        system.publish(Cluster.MAIN, Topic.EVENTS_CRITICAL, "WARM-UP", now("WARM-UP", 1, LANYARD));
        system.publish(Cluster.PRIORITY, Topic.EVENTS_CRITICAL, "WARM-UP", now("WARM-UP", 2, LANYARD));
        try (SseClient screen = system.stream(null)) {
            screen.await(
                    PATIENCE,
                    got -> got.alertOf("WARM-UP")
                            && got.data().path("eventCount").asInt() == 2
                            && got.data().path("stored").asBoolean());
        }
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    private static Event now(String serial, long sequence, int type) {
        return event(serial, sequence, type, Instant.ofEpochSecond(Instant.now().getEpochSecond()));
    }

    private static void critical(Cluster cluster, Event event) throws Exception {
        system.publish(cluster, Topic.EVENTS_CRITICAL, event.getSerial(), event);
    }

    private static UUID raised(String serial) throws Exception {
        critical(Cluster.MAIN, now(serial, 1, LANYARD));
        Awaitility.await().atMost(PATIENCE).until(() -> listed(serial).size() == 1);
        return UUID.fromString(listed(serial).get(0).path("id").asText());
    }

    private static JsonNode listed(String serial) throws Exception {
        return system.json(system.get("ann", "/api/v1/alerts?serial=" + serial)).path("items");
    }

    private static HttpResponse<String> acknowledge(String user, UUID alert) throws Exception {
        return system.post(user, "/api/v1/alerts/" + alert + "/acknowledge", "{}");
    }

    /** Stored, and not only shown from memory, as it is where that takes longer than a second. */
    private static Predicate<Got> storedAlertOf(String serial) {
        return got -> got.alertOf(serial) && got.id() != null;
    }

    @Test
    void manDownOfEitherClusterIsOnTheStream() throws Exception {
        try (SseClient screen = system.stream(null)) {
            screen.await(PATIENCE, got -> got.event().equals("live"));
            critical(Cluster.MAIN, now("FAST-1", 1, MAN_DOWN));
            screen.await(PATIENCE, storedAlertOf("FAST-1"));
            critical(Cluster.PRIORITY, now("FAST-2", 1, MAN_DOWN));
            Got alert = screen.await(PATIENCE, storedAlertOf("FAST-2"));

            assertThat(alert.data().path("kind").asText()).isEqualTo("man-down");
            assertThat(alert.data().path("stored").asBoolean()).isTrue();
        }
    }

    @Test
    void whatTheServiceSaysOfItselfHasTheEmergencyInIt() throws Exception {
        raised("METERS-1");
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(system.get("ann", "/metrics").body())
                        .containsPattern(
                                "identicom_end_to_end_seconds_count\\{class=\"critical\",service=\"alert-service\"} [1-9]")
                        .containsPattern("identicom_alerts_open\\{state=\"open\",test=\"false\"} [1-9]"));
    }

    @Test
    void aCanaryReachesTheStreamAsACanaryAndIsClosedByTheSystem() throws Exception {
        try (SseClient screen = system.stream(null)) {
            screen.await(PATIENCE, got -> got.event().equals("live"));
            critical(Cluster.MAIN, now(ServiceFixture.CANARY, 1, RED_ALERT));
            Got canary = screen.await(PATIENCE, got -> got.event().equals("canary"));
            assertThat(canary.id()).isNotNull();
            assertThat(canary.data().path("serial").asText()).isEqualTo(ServiceFixture.CANARY);
            assertThat(canary.data().path("latencySeconds").asDouble()).isNotNegative();

            String all = "/api/v1/alerts?canary=true&serial=" + ServiceFixture.CANARY;
            JsonNode alert = Awaitility.await()
                    .atMost(PATIENCE)
                    .until(
                            () -> system.json(system.get("ann", all))
                                    .path("items")
                                    .path(0),
                            got -> got.path("state").asText().equals("closed"));
            assertThat(alert.path("history").path(1).path("who").asText()).isEqualTo("canary");
            assertThat(listed(ServiceFixture.CANARY)).isEmpty();

            JsonNode known = system.json(system.get("aud", "/api/v1/canary"));
            assertThat(known.path("ok").asBoolean()).isTrue();
            assertThat(known.path("lastAt").asText())
                    .isEqualTo(canary.data().path("acceptedAt").asText());
            critical(Cluster.MAIN, now("AFTER-CANARY", 1, MAN_DOWN));
            screen.await(PATIENCE, got -> got.alertOf("AFTER-CANARY"));
            assertThat(screen.alertsOf(ServiceFixture.CANARY)).isEmpty();
        }
    }

    @Test
    void theWayToTheScreenIsNotedAndToldWithoutARing() throws Exception {
        try (SseClient screen = system.stream(null)) {
            screen.await(PATIENCE, got -> got.event().equals("live"));
            UUID alert = raised("JOURNEY-1");
            Got first = screen.await(PATIENCE, got -> got.alertOf("JOURNEY-1"));
            String sent =
                    "select count(*) from alerts.journey where sent_at is not null and alert_id = '" + alert + "'";
            Awaitility.await().atMost(PATIENCE).until(() -> system.database().number(sent) == 1);
            assertThat(system.post("ann", "/api/v1/alerts/" + alert + "/shown", "{}")
                            .statusCode())
                    .isEqualTo(204);
            assertThat(system.post("aud", "/api/v1/alerts/" + alert + "/shown", "{}")
                            .statusCode())
                    .isEqualTo(403);
            Got told = screen.await(
                    PATIENCE,
                    got -> got.alertOf("JOURNEY-1")
                            && got.data().path("journey").hasNonNull("shownAt"));
            assertThat(told.data().path("journey").hasNonNull("sentAt")).isTrue();
            assertThat(told.data().path("journey").hasNonNull("decodedAt")).isTrue();
            assertThat(told.data().path("rings")).isEqualTo(first.data().path("rings"));
            acknowledge("ann", alert);
            JsonNode figures = system.json(system.get("aud", "/api/v1/statistics"));
            assertThat(figures.path("year").path("alerts").asInt()).isPositive();
            assertThat(system.get("aud", "/api/v1/statistics?from=2020-01-01T00:00:00Z")
                            .statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    void sameEventByBothClustersIsOneAlertWithOneEvent() throws Exception {
        for (int unit = 0; unit < 20; unit++) {
            Event event = now("BOTH-" + unit, 1, MAN_DOWN);
            critical(Cluster.MAIN, event);
            critical(Cluster.PRIORITY, event);
            critical(Cluster.MAIN, event);
            critical(Cluster.MAIN, now("BOTH-" + unit, 2, MAN_DOWN)); // of each cluster the last of the unit
            critical(Cluster.PRIORITY, now("BOTH-" + unit, 3, MAN_DOWN));
        }
        String read = "select count(distinct serial) from alerts.event where serial like 'BOTH-%%' and sequence = %d";
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> system.database().number(read.formatted(2)) == 20
                        && system.database().number(read.formatted(3)) == 20);

        assertThat(system.database().column("select event_count from alerts.alert where serial like 'BOTH-%'"))
                .hasSize(20)
                .containsOnly("3");
    }

    @Test
    void unregisteredUnitsEventFromQuarantineBecomesItsKindOnceTheUnitIsKnown() throws Exception {
        Event event = now("NEW-1", 1, MAN_DOWN);
        try (SseClient screen = system.stream(null)) {
            system.publish(Cluster.PRIORITY, Topic.QUARANTINE, "NEW-1", Events.unregistered(event));
            Got unknown = screen.await(PATIENCE, storedAlertOf("NEW-1"));
            assertThat(unknown.data().path("kind").asText()).isEqualTo("unregistered-unit");
            assertThat(unknown.data().path("trust").asText()).isEqualTo("unregistered");

            critical(Cluster.MAIN, event);
            Got known = screen.await(
                    PATIENCE,
                    got -> got.alertOf("NEW-1") && got.data().path("rings").asInt() == 2);
            assertThat(known.data().path("id")).isEqualTo(unknown.data().path("id"));
            assertThat(known.data().path("kind").asText()).isEqualTo("man-down");
        }
    }

    @Test
    void wearersNameComesFromTheUnitsTopic() throws Exception {
        UnitRecord unit = UnitRecord.newBuilder()
                .setSerial("NAMED-1")
                .setWearer("Grace Hopper")
                .setState(UnitState.COMMISSIONED)
                .setVersion(1)
                .build();
        system.publish(Cluster.MAIN, Topic.UNITS, "NAMED-1", unit);
        AtomicInteger sequence = new AtomicInteger();
        try (SseClient screen = system.stream(null)) {
            Awaitility.await().atMost(PATIENCE).until(() -> {
                critical(
                        Cluster.MAIN, now("NAMED-1", sequence.incrementAndGet(), MAN_DOWN)); // the topics have no order
                return screen.alertsOf("NAMED-1").stream()
                        .anyMatch(got -> got.data().path("wearer").asText().equals("Grace Hopper"));
            });
        }
    }

    @Test
    void frozenDatabaseKeepsNoManDownFromTheScreen() throws Exception {
        Event event = now("FROZEN-1", 1, MAN_DOWN);
        UUID id = Events.critical(event).id().alertId();
        try (SseClient screen = system.stream(null)) {
            screen.await(PATIENCE, got -> got.event().equals("heartbeat"));
            system.freezeDatabase();
            try {
                critical(Cluster.PRIORITY, event);
                Got shown = screen.await(PATIENCE, got -> got.alertOf("FROZEN-1"));
                assertThat(shown.id()).isNull();
                assertThat(shown.data().path("stored").asBoolean()).isFalse();
                assertThat(shown.data().path("id").asText()).isEqualTo(id.toString());

                try (SseClient late = system.stream(null)) {
                    late.await(PATIENCE, got -> got.alertOf("FROZEN-1"));
                    late.await(
                            PATIENCE,
                            got -> got.event().equals("heartbeat")
                                    && got.data().path("database").asText().equals("down"));
                }
                assertThat(system.postOnce("ann", "/api/v1/alerts/" + id + "/acknowledge", "{}")
                                .statusCode())
                        .isEqualTo(503);
            } finally {
                system.thawDatabase();
            }
            Got stored = screen.await(PATIENCE, storedAlertOf("FROZEN-1"));
            assertThat(stored.data().path("stored").asBoolean()).isTrue();
            assertThat(stored.data().path("id").asText()).isEqualTo(id.toString());
            assertThat(screen.all()).noneMatch(got -> got.event().equals("replaced"));
        }
        assertThat(listed("FROZEN-1")).hasSize(1);
        assertThat(acknowledge("ann", id).statusCode()).isEqualTo(200);
    }

    @Test
    void killedDatabaseKeepsNoManDownFromTheScreenAndConsumersGoOnAfterIt() throws Exception {
        Event event = now("KILLED-1", 1, MAN_DOWN);
        try (SseClient screen = system.stream(null)) {
            screen.await(PATIENCE, got -> got.event().equals("heartbeat"));
            system.killDatabase();
            try {
                critical(Cluster.MAIN, event);
                critical(Cluster.PRIORITY, event);
                Got shown = screen.await(PATIENCE, got -> got.alertOf("KILLED-1"));
                assertThat(shown.data().path("stored").asBoolean()).isFalse();
                screen.await(
                        PATIENCE,
                        got -> got.event().equals("heartbeat")
                                && got.data().path("database").asText().equals("down"));
            } finally {
                system.restartDatabase();
            }
            Got stored = screen.await(PATIENCE, storedAlertOf("KILLED-1"));
            assertThat(stored.data().path("id").asText())
                    .isEqualTo(Events.critical(event).id().alertId().toString());
            critical(Cluster.MAIN, now("KILLED-2", 1, MAN_DOWN));
            screen.await(PATIENCE, storedAlertOf("KILLED-2"));
        }
        assertThat(listed("KILLED-1")).hasSize(1);
    }

    @Test
    void streamResumesWithoutAGapOverARestart() throws Exception {
        UUID alert = raised("RESUME-1");
        String lastId;
        try (SseClient screen = system.stream(null)) {
            lastId = screen.await(PATIENCE, storedAlertOf("RESUME-1")).id();
        }
        acknowledge("ann", alert);
        system.post("ann", "/api/v1/alerts/" + alert + "/close", "{\"outcome\":\"genuine\"}");
        system.stopService();
        critical(Cluster.MAIN, now("RESUME-2", 1, MAN_DOWN));
        system.startService();

        try (SseClient screen = system.stream(lastId)) {
            screen.await(PATIENCE, got -> got.alertOf("RESUME-2"));
            assertThat(screen.alertsOf("RESUME-1"))
                    .extracting(got -> got.data().path("state").asText())
                    .containsSubsequence("acknowledged", "closed");
            assertThat(screen.all()).noneMatch(got -> got.event().equals("reset"));
        }
    }

    @Test
    void unknownIdIsResetAndGivenWhatIsOpen() throws Exception {
        raised("RESET-1");
        try (SseClient screen = system.stream(null)) {
            screen.await(PATIENCE, storedAlertOf("RESET-1"));
        }
        for (String unknown : new String[] {"999999999999", "-5", "no-number"}) {
            try (SseClient screen = system.stream(unknown)) {
                screen.await(PATIENCE, got -> got.event().equals("live"));
                assertThat(screen.all().getFirst().event()).isEqualTo("reset");
                assertThat(screen.all().stream()
                                .takeWhile(got -> !got.event().equals("live"))
                                .filter(got -> got.alertOf("RESET-1")))
                        .hasSize(1);
            }
        }
    }

    @Test
    void heartbeatSaysHowThePartsAre() throws Exception {
        try (SseClient screen = system.stream(null)) {
            Got beat = screen.await(
                    PATIENCE,
                    got -> got.event().equals("heartbeat")
                            && Stream.of("database", "kafkaMain", "kafkaPriority")
                                    .allMatch(part ->
                                            got.data().path(part).asText().equals("up")));
            assertThat(Instant.parse(beat.data().path("time").asText())).isBeforeOrEqualTo(Instant.now());
        }
    }

    @Test
    void secondOperatorIsToldWhoHoldsTheAlert() throws Exception {
        UUID alert = raised("ACK-1");

        assertThat(acknowledge("ann", alert).statusCode()).isEqualTo(200);
        assertThat(acknowledge("ann", alert).statusCode()).isEqualTo(200);
        HttpResponse<String> refused = acknowledge("bob", alert);
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
        assertThat(system.json(refused).path("acknowledgedBy").asText()).isEqualTo("ann");
    }

    @Test
    void whatIsLookedForHasNoControlCharacters() throws Exception {
        for (String filter : new String[] {"serial", "kind"}) {
            HttpResponse<String> refused = system.get("ann", "/api/v1/alerts?" + filter + "=%00");
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).contains(filter, "control character");
        }
    }

    @Test
    void closingNeedsAnOutcomeAndHappensOnce() throws Exception {
        UUID alert = raised("CLOSE-1");
        String close = "/api/v1/alerts/" + alert + "/close";

        HttpResponse<String> wrong = system.post("ann", close, "{\"outcome\":\"fine\"}");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).contains("outcome").contains("genuine, false-alarm or test");
        assertThat(system.post("ann", close, "{}").statusCode()).isEqualTo(400);
        assertThat(system.post("ann", "/api/v1/alerts/" + alert + "/notes", "{\"text\":\" \"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(system.post("ann", "/api/v1/alerts/" + alert + "/notes", "{\"text\":\"called\"}")
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<String> closed = system.post("ann", close, "{\"outcome\":\"false-alarm\",\"note\":\"dropped\"}");
        assertThat(closed.statusCode()).isEqualTo(200);
        assertThat(system.json(closed).path("outcome").asText()).isEqualTo("false-alarm");
        assertThat(system.post("ann", close, "{\"outcome\":\"genuine\"}").statusCode())
                .isEqualTo(409);
        assertThat(acknowledge("ann", alert).statusCode()).isEqualTo(409);
        assertThat(acknowledge("ann", UUID.randomUUID()).statusCode()).isEqualTo(404);
    }

    @Test
    void rolesAreKeptToTheirPaths() throws Exception {
        UUID alert = raised("ROLE-1");

        assertThat(system.get("aud", "/api/v1/alerts/" + alert).statusCode()).isEqualTo(200);
        assertThat(acknowledge("aud", alert).statusCode()).isEqualTo(403);
        assertThat(system.get("fritz", "/api/v1/alerts").statusCode()).isEqualTo(403);
    }

    @Test
    void ringThatNobodyAnswersOpensTheAlertAgain() throws Exception {
        UUID alert = raised("RING-1");
        acknowledge("ann", alert);
        try (SseClient screen = system.stream(null)) {
            critical(Cluster.MAIN, now("RING-1", 2, MAN_DOWN));
            Got rung = screen.await(
                    PATIENCE,
                    storedAlertOf("RING-1").and(got -> got.data().path("rings").asInt() == 2));
            assertThat(rung.data().path("acknowledgedBy").asText()).isEqualTo("ann");
            system.setClockOffset(Duration.ofSeconds(31));
            Got open = screen.await(
                    PATIENCE,
                    got -> got.alertOf("RING-1") && got.data().path("rings").asInt() == 3);
            assertThat(open.data().path("state").asText()).isEqualTo("open");
        } finally {
            system.setClockOffset(Duration.ZERO);
        }
    }
}
