package identicom.systemtests.media;

import com.google.protobuf.ByteString;
import identicom.schema.v1.PictureBlock;
import identicom.schema.v1.PictureIdentity;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;

/**
 * A picture as it is put on the topic.
 *
 * @param kept the bytes that are to be kept of it
 * @param state that it is to end in
 * @param blocks of all its readings
 */
record SentPicture(String serial, int number, byte[] kept, String state, List<PictureBlock> blocks) {
    private static final int BLOCK = 1018;
    private static final int MAX_SIZE = 25_000;
    private static final int TAKEN_S = 1_795_000_000;

    /** One in ten is wrong at its first reading, half of these at the second too. */
    static SentPicture random(String serial, int number, Random random) {
        byte[] right = new byte[random.nextInt(1, MAX_SIZE)];
        random.nextBytes(right);
        CRC32 crc = new CRC32();
        crc.update(right);
        PictureIdentity identity = PictureIdentity.newBuilder()
                .setSerial(serial)
                .setPicture(number)
                .setTakenS(TAKEN_S + number)
                .setSize(right.length)
                .setCrc32((int) crc.getValue())
                .build();
        List<PictureBlock> blocks = new ArrayList<>();
        byte[] kept = right;
        String state = "complete";
        switch (random.nextInt(20)) {
            case 0 -> {
                blocks.addAll(blocks(identity, 1, wrong(right, random)));
                blocks.addAll(blocks(identity, 2, right));
            }
            case 1 -> {
                blocks.addAll(blocks(identity, 1, wrong(right, random)));
                kept = wrong(right, random);
                state = "corrupt";
                blocks.addAll(blocks(identity, 2, kept));
                blocks.add(blocks.removeLast().toBuilder().setCorrupt(true).build());
            }
            default -> blocks.addAll(blocks(identity, 1, right));
        }
        return new SentPicture(serial, number, kept, state, blocks);
    }

    private static byte[] wrong(byte[] right, Random random) {
        byte[] wrong = right.clone();
        wrong[random.nextInt(wrong.length)] ^= (byte) (1 << random.nextInt(8));
        return wrong;
    }

    private static List<PictureBlock> blocks(PictureIdentity identity, int reading, byte[] content) {
        List<PictureBlock> blocks = new ArrayList<>();
        for (int offset = 0; offset < content.length; offset += BLOCK) {
            blocks.add(PictureBlock.newBuilder()
                    .setIdentity(identity)
                    .setOffset(offset)
                    .setData(ByteString.copyFrom(content, offset, Math.min(BLOCK, content.length - offset)))
                    .setSessionId("session")
                    .setStation("station")
                    .setReadAtUs(TAKEN_S * 1_000_000L)
                    .setReading(reading)
                    .build());
        }
        return blocks;
    }

    String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(kept));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    String expectedRow() {
        return serial + " " + number + " " + state + " " + kept.length + " " + sha256();
    }
}
