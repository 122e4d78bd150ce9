package identicom.systemtests.measure;

import com.fasterxml.jackson.databind.JsonNode;
import identicom.simulator.fleet.Fleet;
import identicom.simulator.fleet.FleetOptions;
import identicom.simulator.fleet.Scenario;
import identicom.simulator.fleet.Serials;
import identicom.simulator.unit.Redial;
import identicom.systemtests.harness.Desk;
import identicom.systemtests.harness.RunningSystem;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** People who watch, read lists, and take and close the alerts of some units of their own, as fast as these fall. */
final class ControlRoom implements AutoCloseable {
    private static final String OURS = "SOAK-";
    private static final int UNITS = 10;
    private static final double FALLS = 0.2;
    private static final int SCREENS = 10;
    private static final Duration ACT_EACH = Duration.ofSeconds(2);
    private static final Duration CALL_EACH = Duration.ofSeconds(5);
    private static final Duration REDIAL_LIMIT = Duration.ofSeconds(10);
    private static final List<String> LISTS = List.of(
            "/api/v1/alerts",
            "/api/v1/events?limit=100",
            "/api/v1/pictures",
            "/api/v1/units",
            "/api/v1/supervision",
            "/api/v1/system",
            "/api/v1/audit");

    private final Desk desk;
    private final Fleet fleet;
    private final Screens screens;
    private final AtomicInteger closed = new AtomicInteger();
    private final AtomicInteger read = new AtomicInteger();
    private final ScheduledExecutorService people = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("control-room").daemon(true).factory());

    private ControlRoom(RunningSystem system) throws IOException, InterruptedException {
        desk = Desk.administrator(system);
        Redial redial = new Redial(Duration.ofMillis(300), Duration.ofSeconds(2), Duration.ofSeconds(1), REDIAL_LIMIT)
                .withInterval(CALL_EACH);
        FleetOptions options = new FleetOptions(
                system.units(), UNITS, OURS, 1, FALLS, CALL_EACH, Duration.ofDays(1), 1, 0, Duration.ZERO);
        desk.commission(Serials.of(options));
        screens = Screens.open(SCREENS, system.http("/").getPort(), desk.token());
        fleet = Fleet.start(Scenario.of(options).withRedial(redial));
        people.scheduleWithFixedDelay(this::act, 0, ACT_EACH.toNanos(), TimeUnit.NANOSECONDS);
    }

    static ControlRoom open(RunningSystem system) throws IOException, InterruptedException {
        return new ControlRoom(system);
    }

    private void act() {
        try {
            for (String list : LISTS) {
                if (desk.get(list).status() == 200) {
                    read.incrementAndGet();
                }
            }
            for (JsonNode alert : desk.all("/api/v1/alerts?state=open")) {
                if (alert.path("serial").asText().startsWith(OURS)) {
                    takeAndClose("/api/v1/alerts/" + alert.get("id").asText());
                }
            }
        } catch (IOException away) {
            // something is broken just now
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void takeAndClose(String alert) throws IOException, InterruptedException {
        desk.post(alert + "/acknowledge", Map.of());
        if (desk.post(alert + "/close", Map.of("outcome", "genuine", "note", "soak"))
                        .status()
                == 200) {
            closed.incrementAndGet();
        }
    }

    /** Alerts so far. */
    int closed() {
        return closed.get();
    }

    String text() {
        return "%d alerts taken and closed, %d lists read by people with %d screens"
                .formatted(closed.get(), read.get(), SCREENS);
    }

    /** Nobody acts any more. */
    void leave() {
        people.shutdownNow();
    }

    @Override
    public void close() throws IOException {
        leave();
        fleet.close();
        screens.close();
    }
}
