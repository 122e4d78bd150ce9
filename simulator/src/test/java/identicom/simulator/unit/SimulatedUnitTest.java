package identicom.simulator.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import identicom.wire.codec.Instructions;
import identicom.wire.event.StandardEvent;
import identicom.wire.message.Command;
import identicom.wire.message.CommandResult;
import identicom.wire.message.DeleteEventLog;
import identicom.wire.message.EventEntry;
import identicom.wire.message.EventLog;
import identicom.wire.message.EventLogDeleted;
import identicom.wire.message.FromUnit;
import identicom.wire.message.Identify;
import identicom.wire.message.Instruction;
import identicom.wire.message.ListPictures;
import identicom.wire.message.Octets;
import identicom.wire.message.PictureList;
import identicom.wire.message.ProbeReply;
import identicom.wire.message.ReadEventLog;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SimulatedUnitTest {
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

    private final SimulatedUnit unit = new SimulatedUnit("UNIT-1", "4.2.1", 7);

    @Test
    void answersAnIdentifyWithSerialAndVersion() {
        assertThat(unit.answer(new Identify())).contains(unit.identification());
    }

    @Test
    void handsOutItsLogInPagesOfFiftyOneAndSaysHowManyRemain() {
        List<EventEntry> logged = logged(120);

        EventLog first = read(0);
        EventLog second = read(first.entries().getLast().sequence());
        EventLog third = read(second.entries().getLast().sequence());

        assertThat(List.of(first, second, third))
                .extracting(EventLog::remaining)
                .containsExactly(69, 18, 0);
        assertThat(first.pushed()).isFalse();
        assertThat(IntStream.of(0, 1, 2).boxed().flatMap(i -> List.of(first, second, third).get(i).entries().stream()))
                .containsExactlyElementsOf(logged);
    }

    @Test
    void deletesUpToTheSequenceAndKeepsLaterOnes() {
        List<EventEntry> logged = logged(10);

        FromUnit answer = unit.answer(new DeleteEventLog(4)).orElseThrow();

        assertThat(answer).isEqualTo(new EventLogDeleted(4));
        assertThat(read(0).entries()).isEqualTo(logged.subList(4, 10));
        assertThat(unit.journal().deleted()).extracting(Entry::event).isEqualTo(logged.subList(0, 4));
        assertThat(unit.journal().held()).extracting(Entry::event).isEqualTo(logged.subList(4, 10));
    }

    @Test
    void numbersGrowOverAGap() {
        unit.log(StandardEvent.STATUS_CHECK, NOW);
        unit.skip(10);
        unit.log(StandardEvent.STATUS_CHECK, NOW);

        assertThat(read(0).entries()).extracting(EventEntry::sequence).containsExactly(1L, 12L);
        assertThat(read(5).entries()).extracting(EventEntry::sequence).containsExactly(12L);
    }

    @Test
    void pushesItsUrgentEntriesOnlyAndKeepsThem() {
        unit.log(StandardEvent.STATUS_CHECK, NOW);
        Entry manDown = unit.log(StandardEvent.MAN_DOWN, NOW);
        unit.log(StandardEvent.POSITION_REPORT, NOW);

        EventLog pushed = unit.push().orElseThrow();

        assertThat(pushed.pushed()).isTrue();
        assertThat(pushed.entries()).containsExactly(manDown.event());
        assertThat(pushed.remaining()).isEqualTo(1);
        assertThat(pushed.logId()).isEqualTo(manDown.logId());
        assertThat(unit.journal().held()).hasSize(3);
    }

    @Test
    void isUrgentUntilTheEntryIsDeleted() {
        Entry low = unit.log(StandardEvent.BATTERY_LOW, NOW);
        assertThat(unit.urgent()).isTrue();

        unit.answer(new DeleteEventLog(low.event().sequence()));

        assertThat(unit.urgent()).isFalse();
        assertThat(unit.push()).isEmpty();
        assertThat(unit.push(low)).isEmpty();
    }

    @Test
    void aFullLogLosesTheOldestAndSaysSoOnce() {
        SimulatedUnit small = new SimulatedUnit("SMALL", "1", 1, 5);
        IntStream.range(0, 12).forEach(i -> small.log(StandardEvent.STATUS_CHECK, NOW));

        Journal journal = small.journal();

        assertThat(journal.held()).hasSize(5);
        assertThat(journal.logged())
                .extracting(e -> e.event().type())
                .filteredOn(type -> type == StandardEvent.EVENT_LOG_OVERFLOWED.code())
                .hasSize(1);
        assertThat(journal.overwritten()).hasSize(8);
        assertThat(journal.logged()).hasSize(13);
    }

    @Test
    void aNewMemoryHasAnotherLogIdAndCountsFromOne() {
        Entry before = unit.log(StandardEvent.STATUS_CHECK, NOW);
        unit.replaceMemory();
        Entry after = unit.log(StandardEvent.STATUS_CHECK, NOW);

        assertThat(after.logId()).isNotEqualTo(before.logId());
        assertThat(after.event().sequence()).isEqualTo(1);
        assertThat(unit.journal().overwritten()).containsExactly(before);
    }

    @Test
    void doesWhatItIsToldOnceForATicketAndRepeatsTheAnswer() {
        unit.equip(InstantSource.fixed(NOW), (serial, now, seed) -> new byte[] {1, 2, 3});
        Command picture = Instructions.command(7, new Instruction.TakePicture());
        CommandResult taken = (CommandResult) unit.answer(picture).orElseThrow();
        assertThat(taken).isEqualTo(new CommandResult(7, CommandResult.DONE, Octets.of(new byte[] {1, 0})));
        assertThat(unit.answer(picture)).contains(taken);
        assertThat(unit.journal().pictures()).hasSize(1);

        unit.answer(Instructions.command(8, new Instruction.SetCheckInInterval(7)));
        unit.answer(Instructions.command(9, new Instruction.ShowMessage("Call in")));
        unit.answer(Instructions.command(10, new Instruction.ReportPosition()));
        assertThat(unit.answer(Instructions.command(11, new Instruction.SetClock(1))))
                .contains(new CommandResult(11, CommandResult.DONE, u32(NOW.getEpochSecond())));
        assertThat(unit.checkInInterval()).contains(Duration.ofMinutes(7));
        assertThat(unit.message()).isEqualTo("Call in");
        assertThat(unit.journal().logged().getLast().event().type()).isEqualTo(StandardEvent.POSITION_REPORT.code());
        assertThat(unit.journal().commands())
                .extracting(CarriedOut::ticket, CarriedOut::opcode, CarriedOut::status)
                .containsExactly(tuple(7L, 2, 0), tuple(8L, 1, 0), tuple(9L, 4, 0), tuple(10L, 3, 0), tuple(11L, 5, 0));
    }

    @Test
    void remembersTheLast64Tickets() {
        Command first = Instructions.command(0, new Instruction.ReportPosition());
        unit.answer(first);
        for (int ticket = 1; ticket < 64; ticket++) {
            unit.answer(Instructions.command(ticket, new Instruction.ReportPosition()));
        }
        unit.answer(first);
        assertThat(unit.loggedCount()).isEqualTo(64);
        unit.answer(Instructions.command(64, new Instruction.ReportPosition()));
        unit.answer(first);
        assertThat(unit.loggedCount()).isEqualTo(66);
    }

    private static Octets u32(long value) {
        return Octets.of(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) value)
                .array());
    }

    @Test
    void knowsNoSuchCommandAndHasNoPicture() {
        assertThat(unit.answer(new Command(9, 200, Octets.EMPTY)))
                .contains(new CommandResult(9, CommandResult.UNKNOWN_OPCODE, Octets.EMPTY));
        assertThat(unit.answer(new ListPictures())).contains(new PictureList(List.of()));
        assertThat(unit.answer(new ProbeReply(ProbeReply.State.READY))).isEmpty();
    }

    @Test
    void theSameSeedLogsTheSameBytes() {
        SimulatedUnit twin = new SimulatedUnit("UNIT-1", "4.2.1", 7);
        SimulatedUnit other = new SimulatedUnit("UNIT-1", "4.2.1", 8);
        Entry mine = unit.log(StandardEvent.MAN_DOWN, NOW);

        assertThat(twin.log(StandardEvent.MAN_DOWN, NOW)).isEqualTo(mine);
        assertThat(other.log(StandardEvent.MAN_DOWN, NOW)).isNotEqualTo(mine);
    }

    @Test
    void refusesAnEventWhoseSequenceIsNotNew() {
        EventEntry event = unit.log(StandardEvent.MAN_DOWN, NOW).event();

        assertThatThrownBy(() -> unit.log(event)).hasMessageContaining("expected: at least 2");
    }

    private List<EventEntry> logged(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> unit.log(StandardEvent.STATUS_CHECK, NOW).event())
                .toList();
    }

    private EventLog read(long after) {
        return (EventLog) unit.answer(new ReadEventLog(after)).orElseThrow();
    }
}
