package identicom.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import identicom.simulator.unit.SimulatedUnit;
import identicom.systemtests.check.Ledger;
import identicom.systemtests.harness.Desk;
import identicom.systemtests.harness.RunningSystem;
import identicom.wire.message.DeletePicture;
import identicom.wire.message.ReadPicture;
import identicom.wire.message.ToUnit;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Pictures come off a unit byte for byte, and are deleted there when they are safe and not before. */
@ExtendWith(SharedSystem.class)
class PicturesIT {
    private static final int BLOCK = 1018;
    private static final int[] SIZES = {0, 1, BLOCK, BLOCK + 1, 60_000, 1_000_000};
    private static final int BLOCKS = 1 + 1 + 2 + 59 + 983;
    private static final int CUT_PICTURE = 300_000;
    private static final int MOST_READ_TWICE = 8;
    private static final Duration STORING = Duration.ofSeconds(20);
    private static final Duration BACK = Duration.ofSeconds(120);
    /** For a machine that may be busy: a session waits longer for what its station has yet to read. */
    private static final Map<String, String> NORTH = Map.of(
            "IDENTICOM_RECEIVER_STATION",
            "north",
            "IDENTICOM_RECEIVER_PICTURES_PROGRESS_WAIT",
            "30s",
            "IDENTICOM_RECEIVER_WHITELIST_LOOKUP_LIMIT",
            "10s");

    static java.util.stream.LongStream seeds() {
        return Seeds.all();
    }

    @ParameterizedTest
    @CsvSource({"PIC-7, 7", "PIC-1400, 1400"})
    void picturesOfAnySizeFullOfControlCharactersAreStoredWholeAndThenDeleted(
            String serial, int pieces, RunningSystem system, Desk desk) throws Exception {
        SimulatedUnit unit = commissioned(serial, desk, SIZES);

        try (DialIn session = DialIn.of(unit, system, pieces)) {
            session.toItsEnd((request, dialIn) -> {
                if (request instanceof DeletePicture delete) {
                    assertThat(held(unit)).contains(delete.picture());
                    await().atMost(STORING).until(() -> storedWhole(desk, serial, delete.picture()));
                }
            });
            assertThat(session.requests().stream().filter(ReadPicture.class::isInstance))
                    .as("each block is read once")
                    .doesNotHaveDuplicates()
                    .hasSize(BLOCKS);
        }

        assertThat(unit.journal().deletedPictures()).isEqualTo(unit.journal().pictures());
        new Ledger(List.of(unit.journal())).check(desk);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aUnitCutOffAndItsStationKilledGoesOnAtAnotherOneWithAtMostEightBlocksReadTwice(long seed) throws Exception {
        RandomGenerator random = new Random(seed);
        try (RunningSystem system = RunningSystem.start(NORTH)) {
            Desk desk = Desk.administrator(system);
            SimulatedUnit unit = commissioned("CUT-PIC-" + seed, desk, CUT_PICTURE);
            Set<Long> read = new HashSet<>();

            try (DialIn first = untilRead(random.nextInt(30, 90), unit, system)) {
                first.raw().reset();
                readTwice(first, read);
            }
            try (DialIn second = untilRead(random.nextInt(30, 90), unit, system)) {
                system.kill();
                assertThat(readTwice(second, read)).as("after a cut line").isLessThanOrEqualTo(MOST_READ_TWICE);
            }
            assertThat(unit.journal().deletedPictures()).isEmpty();
            system.restartWith(Map.of("IDENTICOM_RECEIVER_STATION", "south"));
            while (unit.heldPictureCount() > 0) {
                try (DialIn last = DialIn.of(unit, system, 1400)) {
                    last.toItsEnd((request, dialIn) -> {});
                    assertThat(readTwice(last, read)).as("after the kill").isLessThanOrEqualTo(MOST_READ_TWICE);
                }
            }

            assertThat(read).hasSize(CUT_PICTURE / BLOCK + 1);
            new Ledger(List.of(unit.journal())).check(desk);
        }
    }

    /** Dials in as often as it takes until the station asks for so many blocks in one session; the last is not answered. */
    private static DialIn untilRead(int blocks, SimulatedUnit unit, RunningSystem system) throws Exception {
        long until = System.nanoTime() + BACK.toNanos();
        while (System.nanoTime() < until) {
            DialIn session = DialIn.of(unit, system, 1400);
            Optional<ToUnit> request = session.next();
            while (request.isPresent() && offsets(session).size() < blocks) {
                session.answer(request.get());
                request = session.next();
            }
            if (request.isPresent()) {
                return session;
            }
            session.close();
        }
        throw new IOException("no session with " + blocks + " blocks");
    }

    /** How many blocks this session asked for that were asked before, and keeps what it asked. */
    private static int readTwice(DialIn session, Set<Long> before) {
        List<Long> offsets = offsets(session);
        int again = (int) offsets.stream().filter(before::contains).count();
        before.addAll(offsets);
        assertThat(offsets).as("in one session each block is read once").doesNotHaveDuplicates();
        return again;
    }

    private static List<Long> offsets(DialIn session) {
        return session.requests().stream()
                .filter(ReadPicture.class::isInstance)
                .map(request -> ((ReadPicture) request).offset())
                .toList();
    }

    private static boolean storedWhole(Desk desk, String serial, int picture) throws IOException, InterruptedException {
        return desk.all("/api/v1/pictures?serial=" + serial).stream()
                .filter(item -> item.get("picture").asInt() == picture)
                .anyMatch(item -> item.get("state").asText().equals("complete"));
    }

    private static List<Integer> held(SimulatedUnit unit) {
        return unit.journal().heldPictures().stream()
                .map(picture -> picture.number())
                .toList();
    }

    /** On the whitelist, with a picture of each size that consists of control characters only. */
    private static SimulatedUnit commissioned(String serial, Desk desk, int... sizes) throws Exception {
        desk.commission(List.of(serial));
        SimulatedUnit unit = new SimulatedUnit(serial, "4.2.1", serial.hashCode());
        RandomGenerator random = new Random(serial.hashCode());
        for (int size : sizes) {
            byte[] picture = new byte[size];
            for (int i = 0; i < size; i++) {
                picture[i] = (byte) (random.nextBoolean() ? 0x1e : 0x1d);
            }
            unit.take(picture, Instant.now());
        }
        return unit;
    }
}
