package identicom.systemtests.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import identicom.simulator.unit.CarriedOut;
import identicom.simulator.unit.Entry;
import identicom.simulator.unit.Journal;
import identicom.simulator.unit.SimulatedUnit;
import identicom.simulator.unit.TakenPicture;
import identicom.systemtests.harness.Desk;
import identicom.wire.codec.Instructions;
import identicom.wire.event.StandardEvent;
import identicom.wire.message.DeleteEventLog;
import identicom.wire.message.DeletePicture;
import identicom.wire.message.Instruction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The checker finds each wrong thing that a system could tell about three units, and nothing wrong with the truth. */
class LedgerTest {
    private static final Duration STORING = Duration.ofMillis(1);
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final SimulatedUnit emptied = new SimulatedUnit("UNIT-1", "4.2.1", 1);
    private final SimulatedUnit full = new SimulatedUnit("UNIT-2", "4.2.1", 2);
    private List<Journal> journals;
    private Told told;

    /** Something that is wrong, and how the checker says so. */
    record Planted(String what, Consumer<LedgerTest> plant, String caughtAs) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Planted> planted() {
        return Stream.of(
                told("an event is lost", told -> told.events.removeFirst(), "deleted, but not stored"),
                told("an event is there twice", told -> told.events.add(told.events.getFirst()), "stored twice"),
                told(
                        "an event under another serial",
                        told -> told.events.getFirst().put("serial", "UNIT-2"),
                        "deleted, but not stored"),
                told(
                        "an event of another log",
                        told -> told.events.getFirst().put("log", 32_767),
                        "deleted, but not stored"),
                told(
                        "an event of another sequence",
                        told -> told.events.getFirst().put("sequence", 4_711),
                        "deleted, but not stored"),
                told(
                        "an event a second late",
                        told -> told.events.getFirst().put("time", "2026-03-01T10:00:01Z"),
                        "deleted, but not stored"),
                told(
                        "an event of another type",
                        told -> told.events.getFirst().put("type", "3b"),
                        "deleted, but not stored"),
                told("another battery", told -> told.events.getFirst().put("battery", 7), "deleted, but not stored"),
                told("another signal", told -> told.events.getFirst().put("signal", -7), "deleted, but not stored"),
                told(
                        "no position",
                        told -> told.events.stream()
                                .filter(event -> event.get("position").isObject())
                                .findFirst()
                                .orElseThrow()
                                .putNull("position"),
                        "deleted, but not stored"),
                told(
                        "an event that nobody logged",
                        told -> told.events.add(
                                told.events.getFirst().deepCopy().put("sequence", 4_711)),
                        "logged by no unit"),
                new Planted(
                        "an event left a unit that nobody told to delete it",
                        test -> test.journals = test.journals.stream()
                                .map(LedgerTest::holdsNothing)
                                .toList(),
                        "neither stored nor on its unit"),
                told("no alert", told -> told.alerts.clear(), "an alert for each unit with an emergency"),
                told("a second alert", told -> told.alert("UNIT-1", 1), "one alert a unit"),
                told("an alert without a reason", told -> told.alert("UNIT-2", 1), "without a critical event"),
                told(
                        "an emergency that is in no alert",
                        told -> told.alerts.getFirst().put("eventCount", 1),
                        "emergencies in alerts"),
                told(
                        "an emergency that is in its alert twice",
                        told -> told.alerts.getFirst().put("eventCount", 3),
                        "emergencies in alerts"),
                told("a picture is lost", told -> told.pictures.clear(), "deleted, but not stored"),
                told(
                        "a picture is half there",
                        told -> told.pictures.getFirst().put("state", "partial"),
                        "deleted, but not stored"),
                told(
                        "a picture is there twice",
                        told -> told.pictures.add(told.pictures.getFirst()),
                        "no picture is stored twice"),
                told(
                        "a picture of another unit",
                        told -> told.pictures.getFirst().put("serial", "UNIT-2"),
                        "deleted, but not stored"),
                told(
                        "a picture that nobody took",
                        told -> told.pictures.add(
                                told.pictures.getFirst().deepCopy().put("picture", 4_711)),
                        "taken by no unit"),
                told(
                        "a picture's hash is wrong",
                        told -> told.pictures.getFirst().put("sha256", "0".repeat(64)),
                        "UNIT-1"),
                told(
                        "a picture with a byte of its own",
                        told -> told.contents.values().iterator().next()[4_000]++,
                        "content of"),
                new Planted(
                        "a unit did it twice",
                        test -> test.journals = List.of(doesTwice(test.emptied.journal()), test.full.journal()),
                        "carried it out once"),
                told("a command that nobody asked for", told -> told.commands.removeFirst(), "was asked what it"),
                told(
                        "a command that another unit was asked",
                        told -> told.commands.getFirst().put("serial", "UNIT-2"),
                        "was asked what it"),
                told(
                        "another text was asked for",
                        told -> told.commands.getFirst().putObject("arguments").put("text", "Call out"),
                        "what was asked"),
                told(
                        "a command is told as failed that was done",
                        told -> told.commands.getFirst().put("state", "failed"),
                        "state of what"),
                told(
                        "a command is told as cancelled that was done",
                        told -> told.commands.getFirst().put("state", "cancelled"),
                        "state of what"),
                told(
                        "a command is told as done that was not",
                        told -> told.commands.add(
                                told.commands.getFirst().deepCopy().put("ticket", 9)),
                        "but not carried out"),
                new Planted(
                        "a picture left a unit that nobody told to delete it",
                        test -> test.journals = test.journals.stream()
                                .map(LedgerTest::holdsNoPicture)
                                .toList(),
                        "neither stored nor on its unit"));
    }

    private static Planted told(String what, Consumer<Told> plant, String caughtAs) {
        return new Planted(what, test -> plant.accept(test.told), caughtAs);
    }

    @BeforeEach
    void tellTheTruth() throws Exception {
        Stream.of(emptied, full).forEach(unit -> {
            unit.log(StandardEvent.STATUS_CHECK, NOW);
            unit.skip(3);
            unit.log(StandardEvent.POSITION_REPORT, NOW);
            unit.log(StandardEvent.MAN_DOWN, NOW);
            unit.log(StandardEvent.MAN_DOWN, NOW.plusSeconds(60));
            unit.take(new byte[5_000], NOW);
        });
        emptied.answer(Instructions.command(7, new Instruction.ShowMessage("Call in")));
        emptied.answer(Instructions.command(8, new Instruction.SetCheckInInterval(20)));
        emptied.answer(new DeleteEventLog(emptied.lastSequence()));
        emptied.answer(new DeletePicture(emptied.journal().pictures().getFirst().number()));
        journals = List.of(emptied.journal(), full.journal());
        told = Told.truthAbout(journals);
    }

    @AfterEach
    void close() {
        told.close();
    }

    @Test
    void theTruthIsAllRight() throws Exception {
        assertThat(told.events).hasSize(5);
        assertThat(told.alerts).hasSize(1);
        assertThat(told.pictures).hasSize(1);

        check();
    }

    @Test
    void whatAUnitStillHoldsMayBeStoredToo() throws Exception {
        full.journal().held().forEach(entry -> told.events.add(Told.event("UNIT-2", entry)));
        full.journal().heldPictures().forEach(picture -> told.picture("UNIT-2", picture));
        told.alert("UNIT-2", 2);

        check();
    }

    @Test
    void unitsThatItWasNotGivenAreNotItsBusiness() throws Exception {
        full.journal().held().forEach(entry -> told.events.add(Told.event("UNIT-3", entry)));
        told.alert("UNIT-3", 1);

        check();
    }

    @ParameterizedTest
    @MethodSource("planted")
    void itFinds(Planted planted) {
        planted.plant().accept(this);

        assertThatThrownBy(this::check).hasStackTraceContaining(planted.caughtAs());
    }

    private void check() throws Exception {
        new Ledger(journals, STORING).check(Desk.stranger(told));
    }

    private static Journal holdsNothing(Journal of) {
        return with(of, List.of(), of.heldPictures(), of.commands());
    }

    private static Journal doesTwice(Journal of) {
        List<CarriedOut> commands = new ArrayList<>(of.commands());
        commands.addAll(of.commands());
        return with(of, of.held(), of.heldPictures(), commands);
    }

    private static Journal holdsNoPicture(Journal of) {
        return with(of, of.held(), List.of(), of.commands());
    }

    private static Journal with(
            Journal of, List<Entry> held, List<TakenPicture> heldPictures, List<CarriedOut> commands) {
        return new Journal(
                of.serial(),
                of.logged(),
                of.deleted(),
                of.overwritten(),
                held,
                of.pictures(),
                of.deletedPictures(),
                heldPictures,
                commands);
    }
}
