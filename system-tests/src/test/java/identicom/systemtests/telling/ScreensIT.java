package identicom.systemtests.telling;

import static org.assertj.core.api.Assertions.assertThat;

import identicom.schema.Topic;
import identicom.systemtests.backing.Backing;
import identicom.systemtests.backing.Backing.Running;
import identicom.systemtests.harness.Desk;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** 200 screens on the stream of one alert-service with 256 MB of memory, and one more that reads last; if it is cut off, it resumes. */
@Tag("alone")
class ScreensIT {
    private static final int SCREENS = 200;
    private static final int BACKLOG = 200;
    private static final int ALERTS = 150;

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
    void noneMissesAnAlertNorDoesOneThatReadsOnlyWhenAllOthersHave() throws Exception {
        String token = Desk.administrator(fleet.site()).token();
        Set<String> units = IntStream.range(0, ALERTS).mapToObj(i -> "SCR-" + i).collect(Collectors.toSet());
        List<Screen> screens = new ArrayList<>();
        try (Screen slow = new Screen(alerts.port(), token, "");
                ExecutorService reading = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(slow.readTo("live")).isTrue();
            for (int i = 0; i < SCREENS; i++) {
                screens.add(new Screen(alerts.port(), token, ""));
            }
            for (Screen screen : screens) {
                assertThat(screen.readTo("live")).isTrue();
            }
            List<Future<Boolean>> shown = screens.stream()
                    .map(screen -> reading.submit(() -> screen.readUntilShown(units)))
                    .toList();
            for (String unit : units) {
                byte[] manDown = ManDown.of(unit, 1, Instant.now()).toByteArray();
                backing.publish(Topic.EVENTS_CRITICAL, unit, manDown).get();
            }
            for (Future<Boolean> screen : shown) {
                assertThat(screen.get()).as("shown all of them").isTrue();
            }

            if (!slow.readUntilShown(units)) {
                Set<String> missed = new HashSet<>(units);
                missed.removeAll(slow.serials());
                try (Screen again = new Screen(alerts.port(), token, slow.lastId())) {
                    assertThat(again.readUntilShown(missed)).as("it goes on").isTrue();
                    assertThat(again.events()).doesNotContain("reset");
                }
            }
        } finally {
            for (Screen screen : screens) {
                screen.close();
            }
        }
    }
}
