package identicom.simulator.unit;

import identicom.wire.codec.Instructions;
import identicom.wire.event.StandardEvent;
import identicom.wire.message.Command;
import identicom.wire.message.CommandResult;
import identicom.wire.message.Instruction;
import identicom.wire.message.Octets;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What a unit does as it is told, once for a ticket (docs/protocol.md, section 2.5). Under the unit's monitor. */
final class UnitCommands {
    private static final int NOISE_BYTES = 2_000;

    private final SimulatedUnit unit;
    private final RandomGenerator random;
    private final JournalKeeper keeper;
    private final AnsweredTickets tickets = new AnsweredTickets();
    private final List<CarriedOut> carriedOut = new ArrayList<>();
    private InstantSource clock = InstantSource.system();
    private Camera camera = UnitCommands::noise;
    private @Nullable Duration checkInInterval;
    private String message = "";

    UnitCommands(SimulatedUnit unit, RandomGenerator random, JournalKeeper keeper) {
        this.unit = unit;
        this.random = random;
        this.keeper = keeper;
    }

    void equip(InstantSource newClock, Camera newCamera) {
        clock = newClock;
        camera = newCamera;
    }

    Optional<Duration> checkInInterval() {
        return Optional.ofNullable(checkInInterval);
    }

    String message() {
        return message;
    }

    List<CarriedOut> carriedOut() {
        return carriedOut;
    }

    CommandResult answer(Command command) {
        CommandResult before = tickets.of(command.ticket());
        if (before != null) {
            return before;
        }
        CommandResult result = switch (Instructions.read(command)) {
            case Instructions.Reading.Refused(int status) -> new CommandResult(command.ticket(), status, Octets.EMPTY);
            case Instructions.Reading.Understood(var instruction) -> carryOut(command.ticket(), instruction);
        };
        tickets.add(result);
        CarriedOut done = new CarriedOut(command.ticket(), command.opcode(), command.arguments(), result.status());
        carriedOut.add(done);
        keeper.carriedOut(unit.serial(), done);
        return result;
    }

    private CommandResult carryOut(long ticket, Instruction instruction) {
        Instant now = clock.instant();
        return switch (instruction) {
            case Instruction.SetCheckInInterval(int minutes) -> {
                checkInInterval = Duration.ofMinutes(minutes);
                yield done(ticket, bytes(0));
            }
            case Instruction.TakePicture i ->
                unit.picturesFull()
                        ? new CommandResult(ticket, CommandResult.FAILED, Octets.EMPTY)
                        : done(ticket, bytes(2).putShort((short)
                                unit.take(camera.picture(unit.serial(), now, random.nextLong()), now)));
            case Instruction.ReportPosition i -> {
                unit.log(StandardEvent.POSITION_REPORT, now);
                yield done(ticket, bytes(0));
            }
            case Instruction.ShowMessage(String text) -> {
                message = text;
                yield done(ticket, bytes(0));
            }
            case Instruction.SetClock i -> done(ticket, bytes(4).putInt((int) now.getEpochSecond()));
            case Instruction.FirmwareBegin i -> unknown(ticket);
            case Instruction.FirmwareBlock i -> unknown(ticket);
            case Instruction.FirmwareCommit i -> unknown(ticket);
        };
    }

    private static CommandResult unknown(long ticket) {
        return new CommandResult(ticket, CommandResult.UNKNOWN_OPCODE, Octets.EMPTY);
    }

    private static CommandResult done(long ticket, ByteBuffer result) {
        return new CommandResult(ticket, CommandResult.DONE, Octets.owning(result.array()));
    }

    private static ByteBuffer bytes(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] noise(String serial, Instant now, long seed) {
        byte[] picture = new byte[NOISE_BYTES];
        Seeds.random(seed, serial).nextBytes(picture);
        return picture;
    }
}
