package identicom.simulator.journal;

import identicom.simulator.unit.CarriedOut;
import identicom.simulator.unit.Entry;
import identicom.simulator.unit.Journal;
import identicom.simulator.unit.TakenPicture;
import identicom.wire.message.EventEntry;
import identicom.wire.message.Octets;
import identicom.wire.message.PictureEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * How a journal stands in its file, big endian:
 *
 * <pre>
 *   | length of what follows the next, u32 | CRC-32C of the same, u32 | kind, u8 | serial's length, u8 | serial, ASCII | … |
 *   … of an entry: log id, u16; its 20 bytes
 *   … of a picture taken: number, u16; unit time, u32; CRC-32, u32; the picture
 *   … of a picture deleted: number, u16
 *   … of a command carried out: opcode, u16; ticket, u32; status, u8; its arguments
 * </pre>
 */
final class JournalRecords {
    static final int LOGGED = 1;
    static final int DELETED = 2;
    static final int OVERWRITTEN = 3;

    private static final int TOOK = 4;
    private static final int PICTURE_DELETED = 5;
    private static final int CARRIED_OUT = 6;
    private static final int HEAD = Integer.BYTES + Integer.BYTES;

    private JournalRecords() {}

    static ByteBuffer of(int kind, String serial, Entry entry) {
        byte[] raw = entry.event().raw().toArray();
        return sealed(begun(kind, serial, Short.BYTES + raw.length)
                .putShort((short) entry.logId())
                .put(raw));
    }

    static ByteBuffer of(String serial, TakenPicture picture) {
        byte[] content = picture.content().toArray();
        return sealed(begun(TOOK, serial, Short.BYTES + Integer.BYTES + Integer.BYTES + content.length)
                .putShort((short) picture.number())
                .putInt((int) picture.entry().takenSeconds())
                .putInt((int) picture.crc32())
                .put(content));
    }

    static ByteBuffer of(String serial, int deletedPicture) {
        return sealed(begun(PICTURE_DELETED, serial, Short.BYTES).putShort((short) deletedPicture));
    }

    static ByteBuffer of(String serial, CarriedOut command) {
        byte[] arguments = command.arguments().toArray();
        return sealed(begun(CARRIED_OUT, serial, Short.BYTES + Integer.BYTES + 1 + arguments.length)
                .putShort((short) command.opcode())
                .putInt((int) command.ticket())
                .put((byte) command.status())
                .put(arguments));
    }

    private static ByteBuffer begun(int kind, String serial, int rest) {
        byte[] ascii = serial.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(HEAD + 2 + ascii.length + rest)
                .position(HEAD)
                .put((byte) kind)
                .put((byte) ascii.length)
                .put(ascii);
    }

    private static ByteBuffer sealed(ByteBuffer record) {
        record.flip();
        return record.putInt(0, record.limit() - HEAD)
                .putInt(Integer.BYTES, checksum(record.duplicate().position(HEAD)));
    }

    private static int checksum(ByteBuffer content) {
        CRC32C crc = new CRC32C();
        crc.update(content);
        return (int) crc.getValue();
    }

    static List<Journal> read(Path path) throws IOException {
        Map<String, UnitRecord> units = new LinkedHashMap<>();
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(path));
        while (file.remaining() >= HEAD) {
            int at = file.position();
            int length = file.getInt();
            int checksum = file.getInt();
            if (length > file.remaining()) {
                break; // its process ended while it was written
            }
            if (length < 1 || checksum != checksum(file.slice(file.position(), length))) {
                throw new IOException("journal " + path + " is damaged at byte " + at);
            }
            tell(units, file.slice(file.position(), length));
            file.position(file.position() + length);
        }
        return units.entrySet().stream()
                .map(unit -> unit.getValue().journal(unit.getKey()))
                .toList();
    }

    private static void tell(Map<String, UnitRecord> units, ByteBuffer record) {
        int kind = record.get();
        String serial = StandardCharsets.US_ASCII
                .decode(record.slice(record.position() + 1, record.get(record.position())))
                .toString();
        record.position(record.position() + 1 + serial.length());
        UnitRecord unit = units.computeIfAbsent(serial, first -> new UnitRecord());
        int number = Short.toUnsignedInt(record.getShort());
        switch (kind) {
            case LOGGED -> unit.logged(entry(number, record));
            case DELETED -> unit.deleted(entry(number, record));
            case OVERWRITTEN -> unit.overwritten(entry(number, record));
            case TOOK -> unit.took(picture(number, record));
            case PICTURE_DELETED -> unit.pictureDeleted(number);
            case CARRIED_OUT -> unit.carriedOut(command(number, record));
            default -> throw new IllegalArgumentException("kind: " + kind + " (expected: 1..6)");
        }
    }

    private static Entry entry(int logId, ByteBuffer record) {
        return new Entry(logId, new EventEntry(rest(record)));
    }

    private static CarriedOut command(int opcode, ByteBuffer record) {
        long ticket = Integer.toUnsignedLong(record.getInt());
        int status = Byte.toUnsignedInt(record.get());
        return new CarriedOut(ticket, opcode, rest(record), status);
    }

    private static TakenPicture picture(int number, ByteBuffer record) {
        long taken = Integer.toUnsignedLong(record.getInt());
        long crc = Integer.toUnsignedLong(record.getInt());
        Octets content = rest(record);
        return new TakenPicture(new PictureEntry(number, content.size(), taken, crc), content);
    }

    private static Octets rest(ByteBuffer record) {
        byte[] bytes = new byte[record.remaining()];
        record.get(bytes);
        return Octets.owning(bytes);
    }
}
