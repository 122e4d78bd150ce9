package identicom.systemtests.telling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import identicom.schema.Topic;
import identicom.systemtests.backing.Backing;
import identicom.systemtests.backing.Backing.Running;
import identicom.systemtests.harness.Desk;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * 200 screens on the stream of one alert-service with 256 MB of memory, and one more that reads nothing: it is cut off,
 * and goes on where it was.
 */
@Tag("alone")
class ScreensIT {
    private static final Logger LOG = LoggerFactory.getLogger(ScreensIT.class);
    private static final int SCREENS = 200;
    private static final int BACKLOG = 2_000;
    private static final int UNITS = 40;
    private static final int EVENTS = 15;
    private static final int SMALL = 8 * 1024;
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final Pattern STREAMS = Pattern.compile("(?m)^identicom_http_streams (\\S+)$");
    private static final Pattern HEAP = Pattern.compile("(?m)^jvm_memory_used_bytes\\{area=\"heap\".*} (\\S+)$");

    private record Screens(List<Screen> all) implements Closeable {
        @Override
        public void close() throws IOException {
            for (Screen screen : all) {
                screen.close();
            }
        }
    }

    /** A virtual thread that always finds something to read would leave the others none of the time. */
    private static final ThreadFactory TAKING_TURNS =
            Thread.ofPlatform().name("screen-", 0).factory();

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
    void noneMissesAChangeAndTheOneThatReadsNothingIsCutOffAndGoesOn() throws Exception {
        String token = Desk.administrator(fleet.site()).token();
        AtomicLong last = new AtomicLong(Long.MAX_VALUE);
        try (ExecutorService reading = Executors.newThreadPerTaskExecutor(TAKING_TURNS);
                Screens screens = new Screens(new CopyOnWriteArrayList<>());
                Screen slow = Screen.with(SMALL, alerts.port(), token, "")) {
            assertThat(slow.readTo("live")).isTrue();
            for (int i = 0; i < SCREENS; i++) {
                screens.all.add(new Screen(alerts.port(), token, ""));
            }
            for (Screen screen : screens.all) {
                assertThat(screen.readTo("live")).isTrue();
            }
            double before = measured(HEAP);
            List<Future<Set<Long>>> shown = IntStream.range(0, SCREENS)
                    .mapToObj(i -> reading.submit(() -> watch(screens.all, i, token, last)))
                    .toList();
            manDowns();
            await().atMost(LIMIT).until(() -> backing.number("select count(*) from alerts.event") == UNITS * EVENTS);
            last.set(backing.number("select max(id) from alerts.change"));
            Set<Long> changes = backing.column("select id from alerts.change where id <= " + last).stream()
                    .map(Long::valueOf)
                    .collect(Collectors.toSet());

            for (Future<Set<Long>> screen : shown) {
                assertThat(screen.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).containsAll(changes);
            }
            await().atMost(LIMIT).until(() -> measured(STREAMS) == SCREENS);
            LOG.info("heap of {} screens: {} MB before, {} MB after", SCREENS, mb(before), mb(measured(HEAP)));

            assertThat(slow.readUntilId(last)).as("what the kernel held is all").isFalse();
            try (Screen again = new Screen(alerts.port(), token, slow.lastId())) {
                assertThat(again.readUntilId(last)).as("it goes on").isTrue();
                assertThat(again.events()).doesNotContain("reset");
                Set<Long> both = new HashSet<>(slow.ids());
                both.addAll(again.ids());
                assertThat(both).containsAll(changes);
            }
        }
    }

    /** As the page does: whoever is cut off, by whatever happens on a busy machine, dials in again and goes on. */
    private static Set<Long> watch(List<Screen> screens, int which, String token, AtomicLong last) throws IOException {
        Set<Long> seen = new HashSet<>();
        while (!screens.get(which).readUntilId(last)) {
            seen.addAll(screens.get(which).ids());
            screens.set(
                    which, new Screen(alerts.port(), token, screens.get(which).lastId()));
            LOG.info("screen {} goes on", which);
        }
        assertThat(screens.get(which).events()).doesNotContain("reset");
        seen.addAll(screens.get(which).ids());
        return seen;
    }

    /** One after the other: each is a change of its own. */
    private static void manDowns() throws Exception {
        for (int event = 1; event <= EVENTS; event++) {
            for (int unit = 0; unit < UNITS; unit++) {
                String serial = "SCR-" + unit;
                byte[] manDown = ManDown.of(serial, event, Instant.now()).toByteArray();
                backing.publish(Topic.EVENTS_CRITICAL, serial, manDown).get();
            }
        }
    }

    private static double measured(Pattern line) throws IOException, InterruptedException {
        Matcher found =
                line.matcher(Desk.stranger(alerts.site()).get("/metrics").body());
        double sum = 0;
        while (found.find()) {
            sum += Double.parseDouble(found.group(1));
        }
        return sum;
    }

    private static long mb(double bytes) {
        return Math.round(bytes / (1 << 20));
    }
}
