package identicom.wire.codec;

import identicom.wire.frame.Direction;
import identicom.wire.message.Command;
import identicom.wire.message.CommandResult;
import identicom.wire.message.DeleteEventLog;
import identicom.wire.message.DeletePicture;
import identicom.wire.message.EventEntry;
import identicom.wire.message.EventLog;
import identicom.wire.message.EventLogDeleted;
import identicom.wire.message.Identification;
import identicom.wire.message.Identify;
import identicom.wire.message.ListPictures;
import identicom.wire.message.Message;
import identicom.wire.message.PictureBlock;
import identicom.wire.message.PictureDeleted;
import identicom.wire.message.PictureEntry;
import identicom.wire.message.PictureError;
import identicom.wire.message.PictureList;
import identicom.wire.message.Probe;
import identicom.wire.message.ProbeReply;
import identicom.wire.message.ReadEventLog;
import identicom.wire.message.ReadPicture;
import org.jspecify.annotations.Nullable;

/** Every type byte, with its direction and how much data may stand behind it. */
public enum MessageType {
    PROBE(0x00, Direction.FROM_UNIT, "probe", 0, 0),
    IDENTIFY(0x01, Direction.TO_UNIT, "identify", 0, 0),
    READ_EVENT_LOG(0x02, Direction.TO_UNIT, "read event log", 4, 4),
    DELETE_EVENT_LOG(0x03, Direction.TO_UNIT, "delete event log", 4, 4),
    COMMAND(0x04, Direction.TO_UNIT, "command", 5, 120),
    LIST_PICTURES(0x40, Direction.TO_UNIT, "list pictures", 0, 0),
    READ_PICTURE(0x41, Direction.TO_UNIT, "read picture", 8, 8),
    DELETE_PICTURE(0x42, Direction.TO_UNIT, "delete picture", 2, 2),
    PROBE_REPLY(0x80, Direction.TO_UNIT, "probe reply", 1, 1),
    IDENTIFICATION(0x81, Direction.FROM_UNIT, "identification", 18, 18),
    EVENT_LOG(0x82, Direction.FROM_UNIT, "event log", 4, 1024, EventEntry.BYTES),
    EVENT_LOG_DELETED(0x83, Direction.FROM_UNIT, "event log deleted", 4, 4),
    COMMAND_RESULT(0x84, Direction.FROM_UNIT, "command result", 5, 1024),
    PICTURE_LIST(0xc0, Direction.FROM_UNIT, "picture list", 1, 1023, PictureEntry.BYTES),
    PICTURE_BLOCK(0xc1, Direction.FROM_UNIT, "picture block", 7, 1024),
    PICTURE_DELETED(0xc2, Direction.FROM_UNIT, "picture deleted", 2, 2),
    PICTURE_ERROR(0xc3, Direction.FROM_UNIT, "picture error", 3, 3);

    private static final @Nullable MessageType[] BY_CODE = new @Nullable MessageType[256];

    static {
        for (MessageType type : values()) {
            BY_CODE[type.code] = type;
        }
    }

    private final int code;
    private final Direction direction;
    private final String title;
    private final int leastData;
    private final int mostData;
    private final int step;

    MessageType(int code, Direction direction, String title, int leastData, int mostData) {
        this(code, direction, title, leastData, mostData, 1);
    }

    MessageType(int code, Direction direction, String title, int leastData, int mostData, int step) {
        this.code = code;
        this.direction = direction;
        this.title = title;
        this.leastData = leastData;
        this.mostData = mostData;
        this.step = step;
    }

    /** The type with this code, or null where the table has none. */
    public static @Nullable MessageType ofCode(int code) {
        return BY_CODE[code & 0xff];
    }

    /** The type under which {@code message} travels. */
    public static MessageType of(Message message) {
        return switch (message) {
            case Probe m -> PROBE;
            case Identification m -> IDENTIFICATION;
            case EventLog m -> EVENT_LOG;
            case EventLogDeleted m -> EVENT_LOG_DELETED;
            case CommandResult m -> COMMAND_RESULT;
            case PictureList m -> PICTURE_LIST;
            case PictureBlock m -> PICTURE_BLOCK;
            case PictureDeleted m -> PICTURE_DELETED;
            case PictureError m -> PICTURE_ERROR;
            case ProbeReply m -> PROBE_REPLY;
            case Identify m -> IDENTIFY;
            case ReadEventLog m -> READ_EVENT_LOG;
            case DeleteEventLog m -> DELETE_EVENT_LOG;
            case Command m -> COMMAND;
            case ListPictures m -> LIST_PICTURES;
            case ReadPicture m -> READ_PICTURE;
            case DeletePicture m -> DELETE_PICTURE;
        };
    }

    /** u8: the type byte. */
    public int code() {
        return code;
    }

    public Direction direction() {
        return direction;
    }

    /** The name in words, lower case. */
    public String title() {
        return title;
    }

    /** How many of {@code length} bytes of data fit the type: all of them, or up to where they stop fitting. */
    int fitting(int length) {
        if (length < leastData) {
            return length;
        }
        int within = Math.min(length, mostData);
        return within - (within - leastData) % step;
    }

    /** Whether data of {@code length} bytes fits the type. */
    public boolean fits(int length) {
        return length >= leastData && fitting(length) == length;
    }

    /** Which lengths fit, in words. */
    String lengths() {
        if (leastData == mostData) {
            return Integer.toString(leastData);
        }
        return step == 1 ? leastData + ".." + mostData : leastData + " + n × " + step + ", at most " + mostData;
    }
}
