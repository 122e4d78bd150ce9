package identicom.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import identicom.systemtests.harness.AlertStream;
import identicom.systemtests.harness.Desk;
import identicom.systemtests.harness.RunningSystem;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a newcomer sees of the demonstration, and how soon. */
@Tag("alone")
class DemoIT {
    private static final int UNITS = 60;
    private static final String WEARER_DOWN = "DEMO-000000";
    private static final Duration RINGS = Duration.ofSeconds(30);
    private static final Duration FOLLOWS = Duration.ofSeconds(90);

    @Test
    void anAlertRingsWithinHalfAMinuteOfTheCommandAndTheRestOfTheDayFollows() throws Exception {
        try (RunningSystem system = RunningSystem.demo(UNITS)) {
            Desk desk = Desk.administrator(system);
            try (AlertStream stream = desk.listen()) {
                await().atMost(RINGS.plus(RINGS))
                        .until(() -> stream.first(WEARER_DOWN, alert -> true).isPresent());
                AlertStream.Heard down =
                        stream.first(WEARER_DOWN, alert -> true).orElseThrow();
                assertThat(Duration.ofNanos(down.atNanos() - system.launchedAtNanos()))
                        .isLessThan(RINGS);
                assertThat(down.data().get("kind").asText()).isEqualTo("man-down");
                assertThat(down.data().get("state").asText()).isEqualTo("open");
                await().atMost(FOLLOWS)
                        .until(() -> kinds(desk)
                                .containsAll(List.of(
                                        "man-down",
                                        "lanyard-pin-removed",
                                        "amber-alert-expired",
                                        "unregistered-unit")));
            }
            await().atMost(FOLLOWS)
                    .untilAsserted(() -> assertThat(desk.alerts(WEARER_DOWN)
                                    .getFirst()
                                    .get("wearer")
                                    .asText())
                            .isEqualTo("Martin Hughes"));
            await().atMost(FOLLOWS).until(() -> whole(desk).size() >= 2);
            for (JsonNode picture : whole(desk)) {
                assertThat(desk.bytes("/api/v1/pictures/" + picture.get("id").asText() + "/content"))
                        .startsWith(0xff, 0xd8, 0xff)
                        .hasSize(picture.get("size").asInt());
            }
            assertThat(system.output()).anyMatch(line -> line.contains("Control room") && line.contains("http://"));

            assertThat(system.stop()).isZero();
            system.restart();
            await().atMost(FOLLOWS)
                    .until(() -> desk.alerts(WEARER_DOWN)
                                    .getFirst()
                                    .get("eventCount")
                                    .asInt()
                            == 2);
        }
    }

    private static List<String> kinds(Desk desk) throws Exception {
        return desk.all("/api/v1/alerts").stream()
                .map(alert -> alert.get("kind").asText())
                .toList();
    }

    private static List<JsonNode> whole(Desk desk) throws Exception {
        return desk.all("/api/v1/pictures?serial=" + WEARER_DOWN).stream()
                .filter(picture -> picture.get("state").asText().equals("complete"))
                .toList();
    }
}
