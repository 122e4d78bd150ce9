package identicom.wire.codec;

import identicom.wire.frame.ControlBytes;
import identicom.wire.frame.Direction;
import identicom.wire.message.Command;
import identicom.wire.message.CommandResult;
import identicom.wire.message.DeleteEventLog;
import identicom.wire.message.DeletePicture;
import identicom.wire.message.EventEntry;
import identicom.wire.message.EventLog;
import identicom.wire.message.EventLogDeleted;
import identicom.wire.message.FromUnit;
import identicom.wire.message.Identification;
import identicom.wire.message.Identify;
import identicom.wire.message.ListPictures;
import identicom.wire.message.Message;
import identicom.wire.message.Octets;
import identicom.wire.message.PictureBlock;
import identicom.wire.message.PictureDeleted;
import identicom.wire.message.PictureEntry;
import identicom.wire.message.PictureError;
import identicom.wire.message.PictureList;
import identicom.wire.message.Probe;
import identicom.wire.message.ProbeReply;
import identicom.wire.message.ReadEventLog;
import identicom.wire.message.ReadPicture;
import identicom.wire.message.ToUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Messages with any content they may have, rich in control bytes. */
final class RandomMessages {
    private static final String SERIAL = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";

    private RandomMessages() {}

    static Message message(Random random, Direction direction) {
        return switch (direction) {
            case FROM_UNIT -> fromUnit(random);
            case TO_UNIT -> toUnit(random);
        };
    }

    /** A start, a type, some data and an end; each of them may be missing or wrong. */
    static byte[] nearlyAFrame(Random random) {
        byte[] bytes = bytes(random, 3 + random.nextInt(60)).toArray();
        MessageType[] types = MessageType.values();
        bytes[0] = ControlBytes.FRAME;
        bytes[1] = (byte) types[random.nextInt(types.length)].code();
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        bytes[bytes.length - 1] = ControlBytes.FRAME;
        return bytes;
    }

    private static FromUnit fromUnit(Random random) {
        return switch (random.nextInt(9)) {
            case 0 -> new Identification(text(random, SERIAL, 1, 12), text(random, "v .0123456789~", 0, 6));
            case 1 -> eventLog(random);
            case 2 -> new EventLogDeleted(u32(random));
            case 3 -> new CommandResult(u32(random), random.nextInt(256), upTo(random, 0, CommandResult.MAX_RESULT));
            case 4 ->
                new PictureList(Stream.generate(() -> picture(random))
                        .limit(random.nextInt(PictureList.MAX_PICTURES + 1))
                        .toList());
            case 5 -> new PictureBlock(u16(random), u32(random), upTo(random, 1, PictureBlock.MAX_DATA));
            case 6 -> new PictureDeleted(u16(random));
            case 7 -> new PictureError(u16(random), random.nextInt(256));
            default -> new Probe();
        };
    }

    private static ToUnit toUnit(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> new Identify();
            case 1 -> new ReadEventLog(u32(random));
            case 2 -> new DeleteEventLog(u32(random));
            case 3 -> new Command(u32(random), random.nextInt(256), upTo(random, 0, Command.MAX_ARGUMENTS));
            case 4 -> new ListPictures();
            case 5 -> new ReadPicture(u16(random), u32(random), 1 + random.nextInt(PictureBlock.MAX_DATA));
            case 6 -> new DeletePicture(u16(random));
            default -> new ProbeReply(ProbeReply.State.values()[random.nextInt(3)]);
        };
    }

    private static EventLog eventLog(Random random) {
        List<EventEntry> entries = new ArrayList<>();
        long sequence = random.nextInt(0x1e1e1e);
        for (int left = random.nextInt(EventLog.MAX_ENTRIES + 1); left > 0; left--) {
            sequence += 1 + random.nextInt(1000);
            entries.add(EventEntry.of(
                    sequence,
                    u32(random),
                    random.nextInt(256),
                    random.nextInt(256),
                    random.nextInt(),
                    random.nextInt(),
                    random.nextInt(256),
                    random.nextInt(256) - 128));
        }
        return new EventLog(
                entries.size() * random.nextInt(1000), random.nextBoolean(), random.nextInt(0x8000), entries);
    }

    private static PictureEntry picture(Random random) {
        return new PictureEntry(u16(random), u32(random), u32(random), u32(random));
    }

    private static Octets upTo(Random random, int least, int most) {
        return bytes(random, least + random.nextInt(most - least + 1));
    }

    private static Octets bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (random.nextBoolean() ? 0x1d + random.nextInt(2) : random.nextInt(256));
        }
        return Octets.owning(bytes);
    }

    private static String text(Random random, String characters, int least, int most) {
        StringBuilder text = new StringBuilder();
        for (int left = least + random.nextInt(most - least + 1); left > 0; left--) {
            text.append(characters.charAt(random.nextInt(characters.length())));
        }
        return text.toString();
    }

    private static int u16(Random random) {
        return random.nextInt(0x10000);
    }

    private static long u32(Random random) {
        return random.nextLong(1L << 32);
    }
}
