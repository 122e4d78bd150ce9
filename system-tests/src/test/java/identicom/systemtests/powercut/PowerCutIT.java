package identicom.systemtests.powercut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import identicom.systemtests.Seeds;
import identicom.systemtests.harness.RunningSystem;
import identicom.systemtests.traffic.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Standalone on a disk that forgets at a power cut what was not synced. The power is cut {@code identicom.cuts} times a seed, and what was
 * acknowledged is there; with flushing switched off it is not, which shows that the disk forgets.
 */
@Tag("powercut")
class PowerCutIT {
    private static final Logger LOG = LoggerFactory.getLogger(PowerCutIT.class);
    private static final int CUTS = Integer.getInteger("identicom.cuts", 5);
    private static final Traffic.Pace BUSY_UNITS = new Traffic.Pace(
            Duration.ofSeconds(1), Duration.ofMillis(400), Duration.ofMillis(250), Duration.ofMillis(100));
    private static final Duration BUSY = Duration.ofSeconds(120);
    private static final Duration STORING = Duration.ofSeconds(180);
    /** For what is lost, and would be there by then if it were not. */
    private static final Duration LOST = Duration.ofSeconds(40);

    static LongStream seeds() {
        return Seeds.all();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatWasAcknowledgedIsThereAfterPowerCuts(long seed) throws Exception {
        Random random = new Random(seed);
        try (OnForgettingDisk site = OnForgettingDisk.start();
                Traffic traffic = Traffic.start(site.system(), seed, BUSY_UNITS)) {
            for (int cut = 1; cut <= CUTS; cut++) {
                String moment = moment(random, site, traffic);
                String forgotten = site.cut();
                LOG.info("seed {}, cut {}, {}: {}; {} forgotten", seed, cut, moment, traffic.text(), forgotten);
                site.system().restart();
            }
            traffic.end();
            traffic.check(STORING);
            LOG.info("seed {}: {} cuts, nothing lost or doubled; {}", seed, CUTS, traffic.text());
        }
    }

    /** Returns when the time has come, and what it is the time of. */
    private static String moment(Random random, OnForgettingDisk site, Traffic traffic) throws Exception {
        return switch (random.nextInt(4)) {
            case 0 -> {
                deletes(traffic, random.nextInt(1, 1_500));
                yield "events just deleted";
            }
            case 1 -> {
                deletesPictures(traffic, random.nextInt(1, 5));
                yield "a picture just deleted";
            }
            case 2 -> {
                carriesOut(traffic, random.nextInt(1, 4));
                yield "a command just carried out";
            }
            default -> {
                deletes(traffic, random.nextInt(1, 1_500));
                // what units delete from now on is in Kafka only
                site.system().children().database().freeze();
                deletes(traffic, random.nextInt(100, 1_000));
                yield "events deleted that wait for the database";
            }
        };
    }

    @Test
    void withTheTopicsOfEventsNotFlushedDeletedEventsAreMissing() throws Exception {
        try (OnForgettingDisk site = OnForgettingDisk.start();
                Traffic traffic = Traffic.start(site.system(), 1, BUSY_UNITS)) {
            switchOff(site, traffic, "/identicom.events.");
            site.system().children().database().freeze();
            deletes(traffic, 500);
            LOG.info("events not flushed: {} forgotten", site.cut());
            startAgain(site);
            traffic.end();
            assertThatThrownBy(() -> traffic.check(LOST)).hasMessageContaining("deleted, but not stored");
        }
    }

    @Test
    void withPostgresNotFlushedCommissionedUnitsAreMissing() throws Exception {
        try (OnForgettingDisk site = OnForgettingDisk.start();
                Traffic traffic = Traffic.start(site.system(), 1, BUSY_UNITS)) {
            switchOff(site, traffic, "/pg_wal/");
            int before = traffic.commissioned();
            await("units are commissioned").atMost(BUSY).until(() -> traffic.commissioned() > before + 10);
            LOG.info("PostgreSQL not flushed: {} forgotten", site.cut());
            startAgain(site);
            traffic.end();
            assertThatThrownBy(() -> traffic.check(LOST)).hasMessageContaining("commissioned, but not there");
        }
    }

    @Test
    void withThePictureStoreNotFlushedDeletedPicturesAreMissing() throws Exception {
        try (OnForgettingDisk site = OnForgettingDisk.start();
                Traffic traffic = Traffic.start(site.system(), 1, BUSY_UNITS)) {
            switchOff(site, traffic, "/pictures/");
            deletesPictures(traffic, 5);
            traffic.end();
            // in order: else the topics' readers forget too how far they came, and pictures are put together again
            assertThat(site.system().stop()).isZero();
            LOG.info("pictures not flushed: {} forgotten", site.disk().forget());
            startAgain(site);
            assertThatThrownBy(() -> traffic.check(LOST)).hasMessageContaining("deleted, but not stored");
        }
    }

    /** From a state that is wholly on the disk. */
    private static void switchOff(OnForgettingDisk site, Traffic traffic, String path) throws Exception {
        deletes(traffic, 500);
        assertThat(site.system().stop()).isZero();
        site.disk().writeBack();
        site.system().restartWith(ForgettingDisk.flushingOffIn(path));
        deletes(traffic, 500);
    }

    private static void startAgain(OnForgettingDisk site) throws Exception {
        site.system().restartWith(ForgettingDisk.FLUSHING_ON);
    }

    private static void deletes(Traffic traffic, int more) {
        goesOn("units are told to delete", traffic::deleted, more);
    }

    private static void deletesPictures(Traffic traffic, int more) {
        goesOn("units are told to delete pictures", traffic::deletedPictures, more);
    }

    private static void carriesOut(Traffic traffic, int more) {
        goesOn("units do what they are asked", traffic::commands, more);
    }

    private static void goesOn(String what, LongSupplier count, int more) {
        long before = count.getAsLong();
        await(what).atMost(BUSY).pollInterval(Duration.ofMillis(2)).until(() -> count.getAsLong() >= before + more);
    }

    /** A system all of whose processes have their files on such a disk. */
    private record OnForgettingDisk(RunningSystem system, ForgettingDisk disk) implements AutoCloseable {
        static OnForgettingDisk start() throws Exception {
            Path data = Files.createTempDirectory("identicom-system-");
            ForgettingDisk disk = new ForgettingDisk(data);
            try {
                Map<String, String> environment = new HashMap<>(RunningSystem.PATIENT);
                environment.putAll(disk.environment());
                RunningSystem system = RunningSystem.startIn(data, environment);
                assertThat(disk.written()).as("the library is loaded").isTrue();
                return new OnForgettingDisk(system, disk);
            } catch (Throwable failed) {
                disk.close();
                throw failed;
            }
        }

        /** Returns how much was forgotten. */
        String cut() throws IOException, InterruptedException {
            system.cutOff();
            return disk.forget();
        }

        @Override
        public void close() throws IOException {
            system.close();
            disk.close();
        }
    }
}
