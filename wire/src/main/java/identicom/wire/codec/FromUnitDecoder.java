package identicom.wire.codec;

import identicom.wire.fault.Fault;
import identicom.wire.fault.FaultException;
import identicom.wire.frame.Direction;
import identicom.wire.frame.Frame;
import identicom.wire.message.CommandResult;
import identicom.wire.message.EventEntry;
import identicom.wire.message.EventLog;
import identicom.wire.message.EventLogDeleted;
import identicom.wire.message.FromUnit;
import identicom.wire.message.Identification;
import identicom.wire.message.PictureBlock;
import identicom.wire.message.PictureDeleted;
import identicom.wire.message.PictureEntry;
import identicom.wire.message.PictureError;
import identicom.wire.message.PictureList;
import identicom.wire.message.Probe;
import java.util.ArrayList;
import java.util.List;

/**
 * Frames that reach a station to messages. Checks all that a frame by itself can show; what depends on what was asked is
 * the session's.
 */
public final class FromUnitDecoder {
    private static final int PUSHED = 0x8000;

    private FromUnitDecoder() {}

    /**
     * The message in {@code frame}, which stays the caller's. The message holds copies, no buffer.
     *
     * @throws FaultException where the frame is none that may reach a station
     */
    public static FromUnit decode(Frame frame) throws FaultException {
        MessageType type = Fields.check(frame, Direction.FROM_UNIT);
        Fields fields = Fields.of(frame);
        return switch (type) {
            case PROBE -> new Probe();
            case IDENTIFICATION -> identification(fields);
            case EVENT_LOG -> eventLog(fields);
            case EVENT_LOG_DELETED -> new EventLogDeleted(fields.u32());
            case COMMAND_RESULT -> new CommandResult(fields.u32(), fields.u8(), fields.rest());
            case PICTURE_LIST -> pictureList(fields);
            case PICTURE_BLOCK -> new PictureBlock(fields.u16(), fields.u32(), fields.rest());
            case PICTURE_DELETED -> new PictureDeleted(fields.u16());
            case PICTURE_ERROR -> new PictureError(fields.u16(), fields.u8());
            case PROBE_REPLY,
                    IDENTIFY,
                    READ_EVENT_LOG,
                    DELETE_EVENT_LOG,
                    COMMAND,
                    LIST_PICTURES,
                    READ_PICTURE,
                    DELETE_PICTURE -> throw new IllegalStateException(type + " passed the check of its direction");
        };
    }

    private static Identification identification(Fields fields) throws FaultException {
        String serial =
                fields.padded(Identification.MAX_SERIAL, 1, Identification::isSerialCharacter, Fault.BAD_SERIAL);
        String version =
                fields.padded(Identification.MAX_VERSION, 0, Identification::isVersionCharacter, Fault.BAD_VERSION);
        return new Identification(serial, version);
    }

    private static EventLog eventLog(Fields fields) throws FaultException {
        int remaining = fields.u16();
        int log = fields.u16();
        boolean pushed = (log & PUSHED) != 0;
        int count = fields.left() / EventEntry.BYTES;
        if (remaining > 0 && !pushed && count == 0) {
            throw fields.at(
                    Fault.REMAINING_WITHOUT_ENTRY,
                    0,
                    remaining + " remaining (expected: 0 in an answer without entries)");
        }
        List<EventEntry> entries = new ArrayList<>(count);
        long last = 0;
        for (int i = 0; i < count; i++) {
            int offset = fields.offset();
            EventEntry entry = new EventEntry(fields.octets(EventEntry.BYTES));
            if (entry.sequence() <= last) {
                throw fields.at(
                        Fault.ENTRIES_NOT_ASCENDING,
                        offset,
                        "sequence " + entry.sequence() + " (expected: above " + last + ")");
            }
            last = entry.sequence();
            entries.add(entry);
        }
        return new EventLog(remaining, pushed, log & EventLog.MAX_LOG_ID, entries);
    }

    private static PictureList pictureList(Fields fields) throws FaultException {
        int count = fields.u8();
        int there = fields.left() / PictureEntry.BYTES;
        if (count != there) {
            throw fields.at(Fault.WRONG_LENGTH, 0, "count " + count + " (expected: " + there + ", the entries there)");
        }
        List<PictureEntry> pictures = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            pictures.add(new PictureEntry(fields.u16(), fields.u32(), fields.u32(), fields.u32()));
        }
        return new PictureList(pictures);
    }
}
