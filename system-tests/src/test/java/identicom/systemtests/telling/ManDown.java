package identicom.systemtests.telling;

import com.google.protobuf.ByteString;
import identicom.schema.v1.Event;
import identicom.schema.v1.EventClass;
import identicom.schema.v1.Trust;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;

/** A man-down as a station publishes it. */
final class ManDown {
    private static final int LOG = 7;
    private static final int MAN_DOWN = 0x3b;

    private ManDown() {}

    static Event of(String serial, int sequence, Instant at) {
        byte[] raw = ByteBuffer.allocate(20)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(sequence)
                .putInt((int) at.getEpochSecond())
                .put((byte) MAN_DOWN)
                .array();
        long micros = at.toEpochMilli() * 1000;
        return Event.newBuilder()
                .setSerial(serial)
                .setLogId(LOG)
                .setSequence(sequence)
                .setUnitTimeS((int) at.getEpochSecond())
                .setTypeCode(MAN_DOWN)
                .setTypeName("man down")
                .setEventClass(EventClass.CRITICAL)
                .setBattery(80)
                .setRaw(ByteString.copyFrom(raw))
                .setStation("station-1")
                .setSessionId("session of " + serial)
                .setAcceptedAtUs(micros)
                .setDecodedAtUs(micros)
                .setTrust(Trust.WHITELISTED)
                .build();
    }
}
