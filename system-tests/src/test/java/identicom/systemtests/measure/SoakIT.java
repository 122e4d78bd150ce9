package identicom.systemtests.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import identicom.systemtests.harness.Children.Kin;
import identicom.systemtests.harness.RunningSystem;
import identicom.systemtests.traffic.Traffic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Standalone for {@code identicom.minutes} under mixed load, with a fault each minute: what it holds stays level, and nothing is lost or
 * doubled. Draws {@code target/soak/soak.svg}.
 */
@Tag("soak")
class SoakIT {
    private static final Logger LOG = LoggerFactory.getLogger(SoakIT.class);
    private static final int MINUTES = Integer.getInteger("identicom.minutes", 30);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration FROZEN = Duration.ofSeconds(5);
    private static final Traffic.Pace PACE = new Traffic.Pace(
            Duration.ofSeconds(6), Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(5));
    private static final Duration STORING = Duration.ofMinutes(5);
    private static final int MOST_HOURS = 12;
    private static final Path TARGET = Path.of("target", "soak");
    /** A backlog for screens that is full within a minute or two: what rises afterwards is something else. By default it fills for half an hour. */
    private static final Map<String, String> SMALL_BACKLOG = Map.of("IDENTICOM_ALERTS_STREAM_BACKLOG", "200");

    @Test
    @Timeout(value = MOST_HOURS, unit = TimeUnit.HOURS)
    void whatItHoldsStaysLevel() throws Exception {
        Files.createDirectories(TARGET);
        try (RunningSystem system = RunningSystem.start(environment());
                Traffic traffic = Traffic.start(system, 1, PACE);
                ControlRoom people = ControlRoom.open(system);
                Sampling sampling = Sampling.start(system)) {
            for (int minute = 0; minute < MINUTES; minute++) {
                Fault fault = Fault.values()[minute % Fault.values().length];
                await("traffic goes on").atMost(STORING).until(new Progress(traffic)::made);
                sampling.mark(fault.name());
                fault.happens(system);
                LOG.info("minute {}: {}; {}; {}", minute + 1, fault, traffic.text(), people.text());
                pause(MINUTE.minus(FROZEN));
            }
            assertThat(people.closed()).as("alerts taken and closed").isGreaterThan(MINUTES);
            people.leave();
            sampling.end();
            Files.writeString(TARGET.resolve("soak.svg"), sampling.plot());
            LOG.info("{} minutes; {}\n{}", MINUTES, traffic.text(), sampling.text());
            traffic.end();
            traffic.check(STORING);
            sampling.checkLevel();
        }
    }

    private static Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(RunningSystem.PATIENT);
        environment.putAll(SMALL_BACKLOG);
        return environment;
    }

    /** What is broken in a minute. */
    private enum Fault {
        MAIN_STANDS_STILL,
        DATABASE_STANDS_STILL,
        PRIORITY_STANDS_STILL,
        MAIN_IS_KILLED,
        STRANGERS_CALL;

        void happens(RunningSystem system) throws Exception {
            switch (this) {
                case MAIN_STANDS_STILL -> freeze(system.children().main());
                case DATABASE_STANDS_STILL -> freeze(system.children().database());
                case PRIORITY_STANDS_STILL -> freeze(system.children().priority());
                case MAIN_IS_KILLED -> system.children().main().kill();
                case STRANGERS_CALL -> Strangers.call(system.units());
            }
        }

        private static void freeze(Kin children) throws Exception {
            children.freeze();
            try {
                pause(FROZEN);
            } finally {
                children.thaw();
            }
        }
    }

    /** Whether units were told to delete something since then. */
    private record Progress(Traffic traffic, long before) {
        Progress(Traffic traffic) {
            this(traffic, traffic.deleted());
        }

        boolean made() {
            return traffic.deleted() > before;
        }
    }

    private static void pause(Duration time) {
        await().pollDelay(time).atMost(time.multipliedBy(2)).until(() -> true);
    }
}
