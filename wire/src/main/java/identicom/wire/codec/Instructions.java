package identicom.wire.codec;

import identicom.wire.message.Command;
import identicom.wire.message.CommandResult;
import identicom.wire.message.Identification;
import identicom.wire.message.Instruction;
import identicom.wire.message.Octets;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Instructions to opcode and argument bytes, and back (docs/protocol.md, section 2.5). */
public final class Instructions {
    public static final int SET_CHECK_IN_INTERVAL = 0x01;
    public static final int TAKE_PICTURE = 0x02;
    public static final int REPORT_POSITION = 0x03;
    public static final int SHOW_MESSAGE = 0x04;
    public static final int SET_CLOCK = 0x05;
    public static final int FIRMWARE_BEGIN = 0x10;
    public static final int FIRMWARE_BLOCK = 0x11;
    public static final int FIRMWARE_COMMIT = 0x12;

    /** What a command says to a unit that tries to understand it. */
    public sealed interface Reading {
        /** It can be done. */
        record Understood(Instruction instruction) implements Reading {}

        /**
         * It cannot.
         *
         * @param status {@link CommandResult#UNKNOWN_OPCODE} or {@link CommandResult#BAD_ARGUMENTS}
         */
        record Refused(int status) implements Reading {}
    }

    private static final Reading BAD_ARGUMENTS = new Reading.Refused(CommandResult.BAD_ARGUMENTS);
    private static final Reading UNKNOWN_OPCODE = new Reading.Refused(CommandResult.UNKNOWN_OPCODE);

    private Instructions() {}

    /** The command that carries {@code instruction} under {@code ticket}. */
    public static Command command(long ticket, Instruction instruction) {
        return switch (instruction) {
            case Instruction.SetCheckInInterval i ->
                command(ticket, SET_CHECK_IN_INTERVAL, bytes(2).putShort((short) i.minutes()));
            case Instruction.TakePicture i -> command(ticket, TAKE_PICTURE, bytes(0));
            case Instruction.ReportPosition i -> command(ticket, REPORT_POSITION, bytes(0));
            case Instruction.ShowMessage i -> command(ticket, SHOW_MESSAGE, ascii(i.text()));
            case Instruction.SetClock i -> command(ticket, SET_CLOCK, bytes(4).putInt((int) i.unitTimeSeconds()));
            case Instruction.FirmwareBegin i ->
                command(
                        ticket,
                        FIRMWARE_BEGIN,
                        bytes(14)
                                .put(0, i.version().getBytes(StandardCharsets.US_ASCII))
                                .putInt(6, (int) i.size())
                                .putInt(10, (int) i.crc32()));
            case Instruction.FirmwareBlock i ->
                command(
                        ticket,
                        FIRMWARE_BLOCK,
                        bytes(4 + i.data().size())
                                .putInt((int) i.offset())
                                .put(i.data().asByteBuffer()));
            case Instruction.FirmwareCommit i -> command(ticket, FIRMWARE_COMMIT, bytes(0));
        };
    }

    /** What {@code command} says, or why a unit answers it with an error. */
    public static Reading read(Command command) {
        ByteBuffer arguments = command.arguments().asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        return switch (command.opcode()) {
            case SET_CHECK_IN_INTERVAL -> checkInInterval(arguments);
            case TAKE_PICTURE -> bare(arguments, new Instruction.TakePicture());
            case REPORT_POSITION -> bare(arguments, new Instruction.ReportPosition());
            case SHOW_MESSAGE -> showMessage(arguments);
            case SET_CLOCK ->
                arguments.remaining() == 4 ? understood(new Instruction.SetClock(u32(arguments))) : BAD_ARGUMENTS;
            case FIRMWARE_BEGIN -> firmwareBegin(arguments);
            case FIRMWARE_BLOCK -> firmwareBlock(arguments);
            case FIRMWARE_COMMIT -> bare(arguments, new Instruction.FirmwareCommit());
            default -> UNKNOWN_OPCODE;
        };
    }

    private static Reading checkInInterval(ByteBuffer arguments) {
        if (arguments.remaining() != 2) {
            return BAD_ARGUMENTS;
        }
        int minutes = Short.toUnsignedInt(arguments.getShort());
        return minutes >= 1 && minutes <= 1440
                ? understood(new Instruction.SetCheckInInterval(minutes))
                : BAD_ARGUMENTS;
    }

    private static Reading showMessage(ByteBuffer arguments) {
        byte[] text = rest(arguments);
        boolean ascii = true;
        for (byte b : text) {
            ascii &= b >= 0;
        }
        return ascii && text.length >= 1 && text.length <= Instruction.ShowMessage.MAX_TEXT
                ? understood(new Instruction.ShowMessage(new String(text, StandardCharsets.US_ASCII)))
                : BAD_ARGUMENTS;
    }

    private static Reading firmwareBegin(ByteBuffer arguments) {
        if (arguments.remaining() != 14) {
            return BAD_ARGUMENTS;
        }
        byte[] field = new byte[Identification.MAX_VERSION];
        arguments.get(field);
        int length = field.length;
        while (length > 0 && field[length - 1] == 0) {
            length--;
        }
        String version = new String(Arrays.copyOf(field, length), StandardCharsets.ISO_8859_1);
        return Identification.isVersion(version)
                ? understood(new Instruction.FirmwareBegin(version, u32(arguments), u32(arguments)))
                : BAD_ARGUMENTS;
    }

    private static Reading firmwareBlock(ByteBuffer arguments) {
        int data = arguments.remaining() - 4;
        return data >= 1 && data <= Instruction.FirmwareBlock.MAX_DATA
                ? understood(new Instruction.FirmwareBlock(u32(arguments), Octets.owning(rest(arguments))))
                : BAD_ARGUMENTS;
    }

    private static Reading bare(ByteBuffer arguments, Instruction instruction) {
        return arguments.hasRemaining() ? BAD_ARGUMENTS : understood(instruction);
    }

    private static Reading understood(Instruction instruction) {
        return new Reading.Understood(instruction);
    }

    private static long u32(ByteBuffer from) {
        return Integer.toUnsignedLong(from.getInt());
    }

    private static byte[] rest(ByteBuffer from) {
        byte[] rest = new byte[from.remaining()];
        from.get(rest);
        return rest;
    }

    private static Command command(long ticket, int opcode, ByteBuffer arguments) {
        return new Command(ticket, opcode, Octets.owning(arguments.array()));
    }

    private static ByteBuffer bytes(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
