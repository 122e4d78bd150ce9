package identicom.simulator.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import identicom.simulator.SmallStation;
import identicom.simulator.SmallStation.Manner;
import identicom.simulator.fleet.Fleet;
import identicom.simulator.fleet.FleetOptions;
import identicom.simulator.fleet.Scenario;
import identicom.simulator.unit.CarriedOut;
import identicom.simulator.unit.Entry;
import identicom.simulator.unit.Journal;
import identicom.simulator.unit.Redial;
import identicom.simulator.unit.SimulatedUnit;
import identicom.wire.event.StandardEvent;
import identicom.wire.message.Command;
import identicom.wire.message.DeleteEventLog;
import identicom.wire.message.DeletePicture;
import identicom.wire.message.Octets;
import identicom.wire.message.ReadEventLog;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFileTest {
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private Path path;

    @BeforeEach
    void name() {
        path = folder.resolve("journal");
    }

    @Test
    void whatAFleetDidStandsInTheFile() throws Exception {
        try (SmallStation station = new SmallStation(Manner.PICTURES_TOO);
                JournalFile file = JournalFile.create(path)) {
            FleetOptions options = new FleetOptions(
                    station.address(),
                    20,
                    "FILE-",
                    60,
                    0.3,
                    Duration.ofMillis(100),
                    Duration.ofDays(1),
                    1,
                    0.2,
                    Duration.ZERO);
            Redial quick = new Redial(Duration.ofMillis(100), Duration.ofMillis(400), Duration.ofMillis(100), LIMIT);
            Scenario scenario = Scenario.of(options).withRedial(quick).withLogCapacity(50);
            try (Fleet fleet = Fleet.start(scenario.withJournal(file))) {
                fleet.units().forEach(unit -> unit.unit().take(new byte[1_000], NOW));
                fleet.units()
                        .forEach(unit ->
                                unit.unit().answer(new Command(0xffff_ffffL, 4, Octets.of(new byte[] {'a', 'b'}))));
                await().atMost(LIMIT)
                        .until(() -> fleet.summary().deleted() > 1_500
                                && fleet.summary().deletedPictures() == 20);
                fleet.quiet();
                await().atMost(LIMIT).until(fleet::empty);

                assertThat(file.read()).containsExactlyInAnyOrderElementsOf(fleet.journals());
                assertThat(fleet.journals().getFirst().commands())
                        .containsExactly(new CarriedOut(0xffff_ffffL, 4, Octets.of(new byte[] {'a', 'b'}), 0));
                assertThat(fleet.journals())
                        .anyMatch(journal -> !journal.overwritten().isEmpty());
            }
        }
    }

    @Test
    void whatAUnitHoldsIsReadToo() throws Exception {
        try (JournalFile file = JournalFile.create(path)) {
            SimulatedUnit unit = unit("UNIT-1", file);
            busy(unit);

            assertThat(file.read()).containsExactly(unit.journal());
            assertThat(unit.journal().held()).isNotEmpty();
            assertThat(unit.journal().heldPictures()).hasSize(1);
        }
    }

    @Test
    void whatAUnitSaysRestsOnWhatIsInTheFile() throws Exception {
        try (JournalFile file = JournalFile.create(path)) {
            SimulatedUnit unit = unit("UNIT-1", file);
            Entry entry = unit.log(StandardEvent.MAN_DOWN, NOW);

            assertThat(unit.push()).isPresent();
            assertThat(JournalFile.read(path).getFirst().logged()).containsExactly(entry);
            unit.log(StandardEvent.MAN_DOWN, NOW);
            unit.answer(new ReadEventLog(0));
            assertThat(JournalFile.read(path).getFirst().logged()).hasSize(2);
            unit.answer(new DeleteEventLog(1));
            assertThat(JournalFile.read(path).getFirst().deleted()).containsExactly(entry);
        }
    }

    @Test
    void afterAnEndAtAnyByteEverythingBeforeItIsRead() throws Exception {
        List<Journal> whole = twoBusyUnits();
        byte[] bytes = Files.readAllBytes(path);
        Path cut = folder.resolve("cut");
        int most = 0;

        for (int length = 0; length <= bytes.length; length++) {
            Files.write(cut, Arrays.copyOf(bytes, length));
            List<Journal> journals = JournalFile.read(cut);
            int facts = facts(journals);
            assertThat(facts).isBetween(most, most + 1);
            most = facts;
        }

        assertThat(most).isEqualTo(facts(whole)).isGreaterThan(10);
        assertThat(JournalFile.read(cut)).isEqualTo(whole);
    }

    @Test
    void damageIsSaidWithItsPlace() throws Exception {
        twoBusyUnits();
        byte[] bytes = Files.readAllBytes(path);
        bytes[20] ^= 1;
        Files.write(path, bytes);

        assertThatThrownBy(() -> JournalFile.read(path))
                .isInstanceOf(IOException.class)
                .hasMessage("journal " + path + " is damaged at byte 0");
    }

    @Test
    void anotherRunsFileIsLeftAlone() throws Exception {
        Files.writeString(path, "kept");

        assertThatThrownBy(() -> JournalFile.create(path)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(path).hasContent("kept");
    }

    private List<Journal> twoBusyUnits() throws IOException {
        try (JournalFile file = JournalFile.create(path)) {
            busy(unit("UNIT-1", file));
            busy(unit("UNIT-2", file));
            return file.read();
        }
    }

    private static SimulatedUnit unit(String serial, JournalFile file) {
        return new SimulatedUnit(serial, "4.2.1", 7, 4, file);
    }

    private static void busy(SimulatedUnit unit) {
        int gone = unit.take(new byte[] {1, 2, 3}, NOW);
        unit.take(new byte[0], NOW);
        for (int i = 0; i < 6; i++) {
            unit.log(StandardEvent.STATUS_CHECK, NOW);
        }
        unit.answer(new DeleteEventLog(unit.lastSequence() - 1));
        unit.answer(new DeletePicture(gone));
        unit.replaceMemory();
        unit.log(StandardEvent.MAN_DOWN, NOW);
    }

    private static int facts(List<Journal> journals) {
        return journals.stream()
                .mapToInt(journal -> journal.logged().size()
                        + journal.deleted().size()
                        + journal.overwritten().size()
                        + journal.pictures().size()
                        + journal.deletedPictures().size())
                .sum();
    }
}
