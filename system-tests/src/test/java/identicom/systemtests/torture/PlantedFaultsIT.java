package identicom.systemtests.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import identicom.systemtests.harness.Desk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What watches over the schedules finds what is planted in a real installation, in schedules that pass without it. */
@Tag("torture")
class PlantedFaultsIT {
    private static final Duration STORED = Duration.ofSeconds(15);
    private static final Duration WAITING = Duration.ofSeconds(60);
    private static final Fault NOTHING =
            new Fault.BadLine(Fault.BadLine.UNITS, Fault.Harm.SLOW, Duration.ofMillis(1), Duration.ofMillis(1));

    @TempDir
    private Path scratch;

    private World world;
    private Desk desk;
    private Screen screen;

    @BeforeEach
    void start() throws Exception {
        world = World.start(1, false);
        desk = Desk.administrator(world.served());
        screen = new Screen(desk);
    }

    @AfterEach
    void stop() throws Exception {
        screen.close();
        world.close();
    }

    private static Schedule schedule(long seed, Fault fault) {
        return new Schedule(seed, 1, 50, List.of(fault), Duration.ZERO);
    }

    private Throwable failure(Schedule schedule) {
        try {
            new Trial(world, desk, screen, schedule, STORED).run();
        } catch (Exception | AssertionError e) {
            return e;
        }
        throw new AssertionError("nothing was found");
    }

    private void trigger(String name, String when, String body) throws Exception {
        world.backing()
                .execute("create function event_log." + name + "() returns trigger language plpgsql as $$ begin " + body
                        + " end $$");
        world.backing()
                .execute("create trigger " + name + " before insert on event_log.event for each row when (" + when
                        + ") execute function event_log." + name + "()");
    }

    @Test
    void rowsThatAreSwallowedAreLost() throws Exception {
        trigger("swallow", "new.sequence % 11 = 0", "return null;");
        Schedule schedule = schedule(1, NOTHING);
        Throwable failure = failure(schedule);
        assertThat(failure).hasMessageContaining("deleted, but not stored");

        Path kept = Evidence.keep(scratch, schedule, world, failure);
        assertThat(kept).isEqualTo(scratch.resolve("seed-1"));
        assertThat(kept.resolve("schedule.txt")).content().contains(schedule.toString(), "-Didenticom.first-seed=1");
        assertThat(kept.resolve("failure.txt")).content().contains("deleted, but not stored");
        assertThat(kept.resolve("journals.txt")).content().contains("1-000000 deleted");
        assertThat(world.parts())
                .allSatisfy(
                        part -> assertThat(kept.resolve(part.title() + ".log")).exists());
    }

    @Test
    void whatIsReadAgainAfterAKillAndNotRecognisedIsThereTwice() throws Exception {
        trigger(
                "forget",
                "new.class = 'routine'",
                "new.identity := sha256(convert_to(gen_random_uuid()::text, 'UTF8')); return new;");
        Point committed = Point.all().stream()
                .filter(point -> point.when().equals("events committed, their offsets not"))
                .findFirst()
                .orElseThrow();
        assertThat(failure(schedule(2, new Fault.AtPoint(committed, 2, true, Duration.ZERO))))
                .hasMessageContaining("no event is stored twice");
    }

    @Test
    void offsetsThatAreCommittedAheadOfTheWorkLoseIt() throws Exception {
        Fault killed = new Fault.Kill(Part.LOG_SERVICE, Duration.ofSeconds(20));
        try (ExecutorService planting = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("planting").factory())) {
            Future<?> planted = planting.submit(() -> {
                await().atMost(WAITING).until(() -> !world.alive(Part.LOG_SERVICE));
                await("the killed one is forgotten")
                        .atMost(WAITING)
                        .ignoreExceptionsInstanceOf(ExecutionException.class)
                        .until(() -> {
                            world.clusters().countAsRead("identicom-log-events");
                            return true;
                        });
            });
            assertThat(failure(schedule(5, killed))).hasMessageContaining("deleted, but not stored");
            planted.get();
        }
    }

    @Test
    void anAlertThatCountsAnEmergencyTwiceIsFound() throws Exception {
        world.backing()
                .execute("create function alerts.twice() returns trigger language plpgsql as $$"
                        + " begin new.event_count := new.event_count + 1; return new; end $$");
        world.backing()
                .execute("create trigger twice before insert on alerts.alert"
                        + " for each row execute function alerts.twice()");
        assertThat(failure(schedule(6, NOTHING))).hasMessageContaining("emergencies in alerts");
    }

    @Test
    void aFallThatNoScreenShowsIsFound() throws Exception {
        screen.close(); // and nobody opens it again
        assertThat(failure(schedule(3, NOTHING))).hasMessageContaining("was shown on no screen");
    }

    @Test
    void aProcessThatEndsByItselfIsFound() throws Exception {
        Fault stopsAnother = new Fault.Stop(Part.MEDIA_SERVICE, Duration.ofMillis(500));
        world.kill(Part.LOG_SERVICE);
        assertThat(failure(schedule(4, stopsAnother))).hasMessageContaining("log-service-1 ended by itself");
    }
}
