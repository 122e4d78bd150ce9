package identicom.systemtests.telling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import identicom.schema.Topic;
import identicom.systemtests.backing.Backing;
import identicom.systemtests.backing.Backing.Running;
import identicom.systemtests.harness.AlertStream;
import identicom.systemtests.harness.Desk;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** 200 screens on the stream of one alert-service with 256 MB of memory, and one more that does not read. */
class ScreensIT {
    private static final int SCREENS = 200;
    private static final int BACKLOG = 200;
    private static final int ALERTS = 400;
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private static Backing backing;
    private static Running fleet;
    private static Running alerts;

    @BeforeAll
    static void start() throws Exception {
        backing = Backing.start();
        fleet = backing.startService("fleet-service", Map.of());
        alerts = backing.startService(
                "alert-service", Map.of("IDENTICOM_ALERTS_STREAM_BACKLOG", Integer.toString(BACKLOG)));
    }

    @AfterAll
    static void stop() throws Exception {
        alerts.close();
        fleet.close();
        backing.close();
    }

    @Test
    void noneMissesAnAlertAndTheOneThatDoesNotReadIsCutOffAndResumesWithoutAGap() throws Exception {
        Desk desk = Desk.administrator(fleet.site()).at(alerts.site());
        List<AlertStream> screens = new ArrayList<>();
        try (SlowScreen slow = new SlowScreen(alerts.port(), desk.token(), "")) {
            for (int i = 0; i < SCREENS; i++) {
                screens.add(desk.listen());
            }
            await().atMost(LIMIT).until(() -> screens.stream().allMatch(AlertStream::live));
            assertThat(slow.readTo("live")).isTrue();

            Set<String> serials =
                    IntStream.range(0, ALERTS).mapToObj(i -> "SCR-" + i).collect(Collectors.toSet());
            // one after the other, so that each is a change of its own and no screen is overtaken that reads
            for (int i = 0; i < ALERTS; i++) {
                String serial = "SCR-" + i;
                backing.publish(
                                Topic.EVENTS_CRITICAL,
                                serial,
                                ManDown.of(serial, 1, Instant.now()).toByteArray())
                        .get();
            }
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(screens)
                            .allSatisfy(screen -> assertThat(shown(screen)).containsAll(serials)));

            assertThat(slow.readUntilShown("never")).as("it goes on").isFalse();
            assertThat(slow.serials())
                    .as("what it was shown before it was cut off")
                    .doesNotContainSequence(serials);
            try (SlowScreen again = new SlowScreen(alerts.port(), desk.token(), slow.lastId())) {
                Set<String> seen = new HashSet<>(slow.serials());
                for (String serial : serials) {
                    if (!seen.contains(serial)) {
                        assertThat(again.readUntilShown(serial)).as(serial).isTrue();
                    }
                }
            }
        } finally {
            screens.forEach(AlertStream::close);
        }
    }

    private static Set<String> shown(AlertStream screen) {
        return screen.heard().stream()
                .filter(one -> one.event().equals("alert"))
                .map(one -> one.data().path("serial").asText())
                .collect(Collectors.toSet());
    }
}
