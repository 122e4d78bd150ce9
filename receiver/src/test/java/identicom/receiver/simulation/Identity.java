package identicom.receiver.simulation;

import com.google.protobuf.ByteString;
import identicom.wire.message.EventEntry;

/** What makes an event the same event everywhere. */
record Identity(String serial, int logId, ByteString raw) {
    static Identity of(String serial, int logId, EventEntry entry) {
        return new Identity(serial, logId, ByteString.copyFrom(entry.raw().asByteBuffer()));
    }
}
