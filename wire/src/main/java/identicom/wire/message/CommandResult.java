package identicom.wire.message;

/**
 * {@code 84}: what became of a {@link Command}.
 *
 * @param ticket u32: the command's
 * @param status u8: one of the constants here; any other value is passed on as it is
 * @param result 0..1019 bytes, as the opcode defines (see {@link Instruction})
 */
public record CommandResult(long ticket, int status, Octets result) implements FromUnit {
    public static final int DONE = 0;
    public static final int UNKNOWN_OPCODE = 1;
    public static final int BAD_ARGUMENTS = 2;
    public static final int BUSY = 3;
    public static final int FAILED = 4;

    public static final int MAX_RESULT = 1019;

    public CommandResult {
        Unsigned.u32("ticket", ticket);
        Unsigned.u8("status", status);
        Unsigned.range("result bytes", result.size(), 0, MAX_RESULT);
    }
}
