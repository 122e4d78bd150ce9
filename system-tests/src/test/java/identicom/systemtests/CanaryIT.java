package identicom.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import identicom.systemtests.harness.AlertStream;
import identicom.systemtests.harness.AlertStream.Heard;
import identicom.systemtests.harness.Desk;
import identicom.systemtests.harness.RunningSystem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The canary calls by the real way, from its own unit to the screens; and people are told when it does not come through. */
class CanaryIT {
    private static final String CANARY = "CANARY-7";
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final Duration HEARD_WITHIN = Duration.ofSeconds(90);
    private static final Duration MISSED_WITHIN = EVERY.multipliedBy(3).plusSeconds(60);

    private static JsonNode canary(Desk desk) throws Exception {
        Desk.Answer answer = desk.get("/api/v1/canary");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static Optional<Heard> heard(AlertStream screen) {
        return screen.heard().stream()
                .filter(one -> one.event().equals("canary"))
                .findFirst();
    }

    private static List<JsonNode> technical(Desk desk) throws Exception {
        return desk.all("/api/v1/alerts?kind=technical").stream()
                .filter(alert -> alert.path("subject").asText().equals("canary"))
                .toList();
    }

    @Test
    void itComesThroughUnseenByPeopleAndIsMissedWhenItNoLongerDoes() throws Exception {
        Map<String, String> settings =
                Map.of("IDENTICOM_CANARY_SERIAL", CANARY, "IDENTICOM_CANARY_EVERY", EVERY.toSeconds() + "s");
        try (RunningSystem system = RunningSystem.start(settings)) {
            Desk desk = Desk.administrator(system);
            try (AlertStream screen = desk.listen()) {
                comesThrough(desk, screen);
                noLonger(desk, screen);
            }
        }
    }

    private static void comesThrough(Desk desk, AlertStream screen) throws Exception {
        await().atMost(HEARD_WITHIN).until(() -> heard(screen).isPresent());
        JsonNode told = heard(screen).orElseThrow().data();
        assertThat(told.get("serial").asText()).isEqualTo(CANARY);
        await().until(() -> canary(desk).path("ok").asBoolean());
        JsonNode known = canary(desk);
        assertThat(known.get("serial").asText()).isEqualTo(CANARY);
        assertThat(known.get("lastAt").asText()).isNotEmpty();
        assertThat(known.get("latencySeconds").isNumber()).isTrue();
        assertThat(known.get("latencySeconds").asDouble()).isBetween(0.0, (double) HEARD_WITHIN.toSeconds());

        assertThat(desk.alerts(CANARY)).as("the list").isEmpty();
        assertThat(desk.get("/api/v1/statistics")
                        .json()
                        .path("year")
                        .path("alerts")
                        .asInt())
                .as("the statistics")
                .isZero();
        assertThat(desk.all("/api/v1/alerts?canary=true&serial=" + CANARY))
                .as("its alerts, when asked for")
                .isNotEmpty();
        assertThat(technical(desk)).isEmpty();
    }

    /** Its unit goes on calling, and the whitelist no longer vouches for it: that is no proof that the way is open. */
    private static void noLonger(Desk desk, AlertStream screen) throws Exception {
        Desk.Answer answer = desk.put("/api/v1/units/" + CANARY, Map.of("state", "decommissioned"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        await().atMost(MISSED_WITHIN).until(() -> !technical(desk).isEmpty());
        JsonNode alert = technical(desk).getFirst();
        assertThat(alert.get("class").asText()).isEqualTo("critical");
        assertThat(alert.get("history").get(0).get("detail").asText()).contains(CANARY);
        assertThat(canary(desk).get("ok").asBoolean()).isFalse();
        await().until(() -> screen.heard().stream()
                .anyMatch(one -> one.event().equals("alert")
                        && one.data().path("subject").asText().equals("canary")));
        assertThat(screen.heard().stream().filter(one -> one.isAlertOf(CANARY)))
                .as("alerts of the canary's own")
                .isEmpty();
    }
}
