package identicom.wire.codec;

import identicom.wire.fault.Fault;
import identicom.wire.fault.FaultException;
import identicom.wire.frame.Direction;
import identicom.wire.frame.Frame;
import identicom.wire.message.Command;
import identicom.wire.message.DeleteEventLog;
import identicom.wire.message.DeletePicture;
import identicom.wire.message.Identify;
import identicom.wire.message.ListPictures;
import identicom.wire.message.PictureBlock;
import identicom.wire.message.ProbeReply;
import identicom.wire.message.ReadEventLog;
import identicom.wire.message.ReadPicture;
import identicom.wire.message.ToUnit;

/** Frames that a station sends to messages, as a unit reads them. Checks all that a frame by itself can show. */
public final class ToUnitDecoder {
    private static final ProbeReply.State[] PROBE_STATES = ProbeReply.State.values();

    private ToUnitDecoder() {}

    /**
     * The message in {@code frame}, which stays the caller's. The message holds copies, no buffer.
     *
     * @throws FaultException where the frame is none that a station may send
     */
    public static ToUnit decode(Frame frame) throws FaultException {
        MessageType type = Fields.check(frame, Direction.TO_UNIT);
        Fields fields = Fields.of(frame);
        return switch (type) {
            case PROBE_REPLY -> probeReply(fields);
            case IDENTIFY -> new Identify();
            case READ_EVENT_LOG -> new ReadEventLog(fields.u32());
            case DELETE_EVENT_LOG -> new DeleteEventLog(fields.u32());
            case COMMAND -> new Command(fields.u32(), fields.u8(), fields.rest());
            case LIST_PICTURES -> new ListPictures();
            case READ_PICTURE -> readPicture(fields);
            case DELETE_PICTURE -> new DeletePicture(fields.u16());
            case PROBE,
                    IDENTIFICATION,
                    EVENT_LOG,
                    EVENT_LOG_DELETED,
                    COMMAND_RESULT,
                    PICTURE_LIST,
                    PICTURE_BLOCK,
                    PICTURE_DELETED,
                    PICTURE_ERROR -> throw new IllegalStateException(type + " passed the check of its direction");
        };
    }

    private static ProbeReply probeReply(Fields fields) throws FaultException {
        int state = fields.u8();
        if (state >= PROBE_STATES.length) {
            throw fields.at(Fault.OUT_OF_RANGE, 0, "state " + state + " (expected: 0..2)");
        }
        return new ProbeReply(PROBE_STATES[state]);
    }

    private static ReadPicture readPicture(Fields fields) throws FaultException {
        int picture = fields.u16();
        long offset = fields.u32();
        int where = fields.offset();
        int length = fields.u16();
        if (length < 1 || length > PictureBlock.MAX_DATA) {
            throw fields.at(
                    Fault.OUT_OF_RANGE, where, "length " + length + " (expected: 1.." + PictureBlock.MAX_DATA + ")");
        }
        return new ReadPicture(picture, offset, length);
    }
}
