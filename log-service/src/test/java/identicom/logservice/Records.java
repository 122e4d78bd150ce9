package identicom.logservice;

import com.google.protobuf.ByteString;
import identicom.schema.Topic;
import identicom.schema.v1.Event;
import identicom.schema.v1.EventClass;
import identicom.schema.v1.Trust;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Event records as a station publishes them. */
public final class Records {
    /** Within the months that every migration makes. */
    public static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    private Records() {}

    /** A whitelisted status check, accepted 2 s after its time. */
    public static Event.Builder event(String serial, int sequence, Instant time) {
        return Event.newBuilder()
                .setSerial(serial)
                .setLogId(7)
                .setSequence(sequence)
                .setUnitTimeS((int) time.getEpochSecond())
                .setTypeCode(0x20)
                .setTypeName("status check")
                .setEventClass(EventClass.ROUTINE)
                .setFlags(1)
                .setPositionValid(true)
                .setLatitudeE7(515_000_000)
                .setLongitudeE7(-1_200_000)
                .setBattery(80)
                .setSignalDbm(-71)
                .setSoftwareVersion("1.4.2")
                .setRaw(ByteString.copyFrom(raw(sequence, time)))
                .setSessionId("session-1")
                .setStation("station-1")
                .setSourceAddress("10.1.2.3:40312")
                .setAcceptedAtUs(time.plusSeconds(2).getEpochSecond() * 1_000_000 + 123_456)
                .setDecodedAtUs(time.plusSeconds(2).getEpochSecond() * 1_000_000 + 123_999)
                .setTrust(Trust.WHITELISTED);
    }

    public static Event.Builder event(String serial, int sequence) {
        return event(serial, sequence, NOW);
    }

    /** {@code count} events of a unit, numbered from 1, a second apart and all before {@link #NOW}. */
    public static List<Event> log(String serial, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> event(serial, i, NOW.minusSeconds(count - i)).build())
                .toList();
    }

    private static byte[] raw(int sequence, Instant time) {
        return ByteBuffer.allocate(20)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(sequence)
                .putInt((int) time.getEpochSecond())
                .put((byte) 0x20)
                .put((byte) 1)
                .putInt(515_000_000)
                .putInt(-1_200_000)
                .put((byte) 80)
                .put((byte) -71)
                .array();
    }

    public static List<ConsumerRecord<byte[], byte[]>> batch(Event... events) {
        return batch(Arrays.asList(events));
    }

    public static List<ConsumerRecord<byte[], byte[]>> batch(List<Event> events) {
        return IntStream.range(0, events.size())
                .mapToObj(i -> record(i, events.get(i).toByteArray()))
                .toList();
    }

    public static ConsumerRecord<byte[], byte[]> record(long offset, byte[] value) {
        return new ConsumerRecord<>(
                Topic.EVENTS_ROUTINE.topicName(), 0, offset, "MAN-1".getBytes(StandardCharsets.UTF_8), value);
    }
}
