package identicom.receiver.server;

import com.google.protobuf.UnsafeByteOperations;
import identicom.receiver.session.Effect;
import identicom.receiver.session.Input;
import identicom.schema.v1.CommandOutcome;
import identicom.schema.v1.CommandResult;
import identicom.wire.codec.Instructions;
import identicom.wire.message.Command;
import identicom.wire.message.Instruction;
import identicom.wire.message.Octets;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The commands of one session: what is next for its unit, what became of it. Event loop only. */
final class SessionCommands {
    private final Station station;
    private final String sessionId;
    private final Consumer<Input> inputs;
    private final Set<Integer> tried = new HashSet<>();

    SessionCommands(Station station, String sessionId, Consumer<Input> inputs) {
        this.station = station;
        this.sessionId = sessionId;
        this.inputs = inputs;
    }

    void next(String serial) {
        long nowUs = station.nowUs().getAsLong();
        inputs.accept(new Input.Commanded(station.commands()
                .next(serial, tried, nowUs)
                .map(command -> onTheWire(command, nowUs))
                .orElse(null)));
    }

    private static Command onTheWire(identicom.schema.v1.Command command, long nowUs) {
        long ticket = Integer.toUnsignedLong(command.getTicket());
        if (command.getOpcode() == Instructions.SET_CLOCK
                && command.getArguments().isEmpty()) { // whoever asked cannot know when it is sent
            return Instructions.command(ticket, new Instruction.SetClock(TimeUnit.MICROSECONDS.toSeconds(nowUs)));
        }
        byte[] arguments = command.getArguments().toByteArray();
        return new Command(ticket, command.getOpcode(), Octets.owning(arguments));
    }

    void sent(String serial, Command command) {
        tried.add((int) command.ticket());
        tell(result(serial, command.ticket(), station.nowUs().getAsLong()).setOutcome(CommandOutcome.SENT));
    }

    void answered(String serial, Effect.CommandAnswered answered) {
        var said = answered.result();
        tell(result(serial, said.ticket(), answered.readAtUs())
                .setOutcome(CommandOutcome.ANSWERED)
                .setStatus(said.status())
                .setResult(UnsafeByteOperations.unsafeWrap(said.result().asByteBuffer())));
    }

    private CommandResult.Builder result(String serial, long ticket, long atUs) {
        return CommandResult.newBuilder()
                .setSerial(serial)
                .setTicket((int) ticket)
                .setSessionId(sessionId)
                .setStation(station.name())
                .setAtUs(atUs);
    }

    private void tell(CommandResult.Builder result) {
        station.publisher().commandResult(result.build());
    }
}
