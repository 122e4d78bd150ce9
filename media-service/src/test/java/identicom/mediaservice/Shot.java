package identicom.mediaservice;

import com.google.protobuf.ByteString;
import identicom.mediaservice.store.ContentHash;
import identicom.schema.Topic;
import identicom.schema.v1.PictureBlock;
import identicom.schema.v1.PictureIdentity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A picture as a unit has it, and its blocks as a station publishes them. */
public record Shot(String serial, int number, long takenS, byte[] content) {
    public static final int BLOCK = 1018;
    private static final long TAKEN_S = 1_795_000_000L;

    /** Of {@code size} bytes made up from the seed. */
    public static Shot of(String serial, int number, int size, long seed) {
        byte[] content = new byte[size];
        new Random(seed).nextBytes(content);
        return new Shot(serial, number, TAKEN_S + number, content);
    }

    public PictureIdentity identity() {
        CRC32 crc = new CRC32();
        crc.update(content);
        return PictureIdentity.newBuilder()
                .setSerial(serial)
                .setPicture(number)
                .setTakenS((int) takenS)
                .setSize(content.length)
                .setCrc32((int) crc.getValue())
                .build();
    }

    public String sha256() {
        return ContentHash.of(content).toString();
    }

    /** Without content. */
    public PictureBlock.Builder bare() {
        return PictureBlock.newBuilder()
                .setIdentity(identity())
                .setSessionId("session-1")
                .setStation("station-1")
                .setReadAtUs(1_795_000_000_000_000L)
                .setReading(1);
    }

    public PictureBlock block(int reading, int from, int to) {
        return bare().setReading(reading)
                .setOffset(from)
                .setData(ByteString.copyFrom(content, from, to - from))
                .build();
    }

    /** Every block of a reading, in order. */
    public List<PictureBlock> blocks(int reading) {
        return IntStream.range(0, (content.length + BLOCK - 1) / BLOCK)
                .mapToObj(i -> block(reading, i * BLOCK, Math.min(content.length, (i + 1) * BLOCK)))
                .toList();
    }

    /** Every block of a reading in which one byte was wrong. */
    public List<PictureBlock> wrongBlocks(int reading, int wrongAt) {
        byte[] wrong = content.clone();
        wrong[wrongAt] ^= 0x40;
        Shot read = new Shot(serial, number, takenS, wrong);
        return read.blocks(reading).stream()
                .map(block -> block.toBuilder().setIdentity(identity()).build())
                .toList();
    }

    /** Blocks of which the last says that the reading was the last one and wrong. */
    public static List<PictureBlock> declaredCorrupt(List<PictureBlock> blocks) {
        List<PictureBlock> declared = new ArrayList<>(blocks);
        declared.add(declared.removeLast().toBuilder().setCorrupt(true).build());
        return declared;
    }

    public static List<ConsumerRecord<byte[], byte[]>> batch(List<PictureBlock> blocks) {
        return IntStream.range(0, blocks.size())
                .mapToObj(i -> record(i, blocks.get(i).toByteArray()))
                .toList();
    }

    public static List<ConsumerRecord<byte[], byte[]>> batch(PictureBlock... blocks) {
        return batch(Arrays.asList(blocks));
    }

    public static ConsumerRecord<byte[], byte[]> record(long offset, byte[] value) {
        return new ConsumerRecord<>(
                Topic.PICTURES.topicName(), 0, offset, "MAN-1".getBytes(StandardCharsets.UTF_8), value);
    }
}
