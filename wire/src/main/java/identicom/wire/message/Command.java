package identicom.wire.message;

/**
 * {@code 04}: tells the unit to do something. Answered by a {@link CommandResult} with the same ticket.
 *
 * @param ticket u32: a unit that gets a ticket again repeats its answer and does nothing else
 * @param opcode u8: see {@link Instruction}
 * @param arguments 0..115 bytes, as the opcode defines
 */
public record Command(long ticket, int opcode, Octets arguments) implements ToUnit {
    public static final int MAX_ARGUMENTS = 115;

    public Command {
        Unsigned.u32("ticket", ticket);
        Unsigned.u8("opcode", opcode);
        Unsigned.range("argument bytes", arguments.size(), 0, MAX_ARGUMENTS);
    }
}
