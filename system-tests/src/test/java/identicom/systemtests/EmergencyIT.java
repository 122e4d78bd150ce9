package identicom.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import identicom.simulator.unit.SimulatedUnit;
import identicom.systemtests.harness.AlertStream;
import identicom.systemtests.harness.Desk;
import identicom.systemtests.harness.RunningSystem;
import identicom.wire.event.StandardEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An emergency reaches a person outside the page, and a unit that does not call is missed: through the whole system. */
@ExtendWith(SharedSystem.class)
class EmergencyIT {
    private static final String PHONE = "+447700900123";
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final Duration IN_TIME = Duration.ofSeconds(5);

    @Test
    void aManDownIsToldByTextMessageAndItsJourneyIsKnown(RunningSystem system, Desk desk) throws Exception {
        SimulatedUnit unit = new SimulatedUnit("TOLD-1", "4.2.1", 11);
        desk.commission(List.of(unit.serial()));
        put(
                desk,
                "/api/v1/escalation-policies/by-text",
                Map.of(
                        "levels",
                        List.of(Map.of(
                                "afterSeconds", 0, "targets", List.of(Map.of("channel", "sms", "address", PHONE))))));
        put(
                desk,
                "/api/v1/escalation-assignments",
                Map.of("assignments", List.of(Map.of("serial", unit.serial(), "policy", "by-text"))));
        try (AlertStream screen = desk.listen()) {
            await().until(screen::live);
            unit.log(StandardEvent.MAN_DOWN, Instant.now());
            dialIn(unit, system);

            await().atMost(LIMIT)
                    .untilAsserted(
                            () -> assertThat(history(alert(desk, unit))).contains("raised", "notified", "delivered"));
            JsonNode told = desk.all("/api/v1/notifications?channel=sms&alert="
                            + alert(desk, unit).get("id").asText())
                    .getFirst();
            assertThat(told.get("state").asText()).isEqualTo("delivered");
            assertThat(told.get("address").asText()).isEqualTo(PHONE);
            String reference = alert(desk, unit).get("reference").asText();
            assertThat(told.get("text").asText()).contains(reference, "TAKE " + reference.substring(1), unit.serial());

            act(desk, unit, "acknowledge", Map.of());
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(times(alert(desk, unit)))
                            .as("the times of its way")
                            .doesNotContainNull()
                            .isSorted());
            act(desk, unit, "close", Map.of("outcome", "genuine"));
        }
    }

    /** From the station to the screen, in the order in which it is gone. The clusters may answer in either order. */
    private static Stream<Instant> times(JsonNode alert) {
        return Stream.of("acceptedAt", "decodedAt", "raisedAt", "sentAt", "acknowledgedAt")
                .map(step -> alert.get("journey").path(step).asText(null))
                .map(time -> time == null || time.equals("null") ? null : Instant.parse(time));
    }

    @Test
    void aUnitThatFallsSilentIsMissedOnceInTimeAndItsManDownRingsInTheSameAlert(RunningSystem system, Desk desk)
            throws Exception {
        SimulatedUnit unit = new SimulatedUnit("SILENT-1", "4.2.1", 12);
        put(desk, "/api/v1/units/" + unit.serial(), Map.of("checkInMinutes", 1, "graceMinutes", 0));
        try (AlertStream screen = desk.listen()) {
            await().until(screen::live);
            unit.log(StandardEvent.STATUS_CHECK, Instant.now());
            Instant before = Instant.now();
            dialIn(unit, system);
            Instant heard = Instant.now();

            await().atMost(INTERVAL.plus(LIMIT))
                    .until(() -> !desk.alerts(unit.serial()).isEmpty());
            JsonNode missed = alert(desk, unit);
            assertThat(missed.get("kind").asText()).isEqualTo("missed-check-in");
            assertThat(Instant.parse(missed.get("raisedAt").asText()))
                    .isBetween(before.plus(INTERVAL), heard.plus(INTERVAL).plus(IN_TIME));

            unit.log(StandardEvent.MAN_DOWN, Instant.now());
            dialIn(unit, system);
            await().atMost(LIMIT)
                    .until(() -> alert(desk, unit).get("kind").asText().equals("man-down"));
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(history(alert(desk, unit))).contains("unit-heard", "joined"));
            JsonNode joined = alert(desk, unit);
            assertThat(joined.get("id")).isEqualTo(missed.get("id"));
            assertThat(joined.get("rings").asInt())
                    .isGreaterThan(missed.get("rings").asInt());
            assertThat(desk.alerts(unit.serial())).hasSize(1);
            act(desk, unit, "acknowledge", Map.of());
            act(desk, unit, "close", Map.of("outcome", "genuine"));
        } finally {
            put(desk, "/api/v1/units/" + unit.serial(), Map.of("state", "decommissioned"));
        }
    }

    private static void dialIn(SimulatedUnit unit, RunningSystem system) throws Exception {
        try (DialIn session = DialIn.of(unit, system, 1400)) {
            session.toItsEnd((request, dialIn) -> {});
        }
    }

    private static JsonNode alert(Desk desk, SimulatedUnit unit) throws Exception {
        await().atMost(LIMIT).until(() -> !desk.alerts(unit.serial()).isEmpty());
        return desk.alerts(unit.serial()).getFirst();
    }

    private static List<String> history(JsonNode alert) {
        return StreamSupport.stream(alert.get("history").spliterator(), false)
                .map(entry -> entry.get("what").asText())
                .toList();
    }

    private static void act(Desk desk, SimulatedUnit unit, String deed, Object body) throws Exception {
        Desk.Answer answer =
                desk.post("/api/v1/alerts/" + alert(desk, unit).get("id").asText() + "/" + deed, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private static void put(Desk desk, String path, Object body) throws Exception {
        Desk.Answer answer = desk.put(path, body);
        assertThat(answer.status()).as(answer.body()).isIn(200, 201);
    }
}
