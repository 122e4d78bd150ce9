package identicom.mediaservice.assembly;

import com.google.protobuf.InvalidProtocolBufferException;
import identicom.mediaservice.index.PictureKey;
import identicom.runtime.kafka.PoisonException;
import identicom.schema.v1.PictureBlock;
import identicom.schema.v1.PictureIdentity;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Turns a record of {@code identicom.pictures} into a block; what cannot be one is poison with the reason. */
final class BlockDecoder {
    private static final Pattern SERIAL = Pattern.compile("[A-Z0-9-]{1,12}");
    private static final int MAX_PICTURE = 65_535;

    private final int maxPictureBytes;

    /** @param maxPictureBytes a picture above it is not put together */
    BlockDecoder(int maxPictureBytes) {
        this.maxPictureBytes = maxPictureBytes;
    }

    Block decode(ConsumerRecord<byte[], byte[]> record) throws PoisonException {
        if (record.value() == null) {
            throw new PoisonException(record, "picture block: no value");
        }
        try {
            return block(PictureBlock.parseFrom(record.value()));
        } catch (InvalidProtocolBufferException e) {
            throw new PoisonException(record, "picture block: cannot be decoded: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new PoisonException(record, "picture block: " + e.getMessage());
        }
    }

    private Block block(PictureBlock block) {
        if (!block.hasIdentity()) {
            throw new IllegalArgumentException("identity: missing");
        }
        PictureKey key = key(block.getIdentity());
        byte[] data = block.getData().toByteArray();
        if (data.length == 0) {
            return new Block(key, 0, data, reading(block, 0), block.getTooLarge(), block.getCorrupt(), readAt(block));
        }
        long offset = Integer.toUnsignedLong(block.getOffset());
        if (block.getTooLarge()) {
            throw new IllegalArgumentException(
                    "data: " + data.length + " bytes of a picture that is too large to be read");
        }
        if (key.size() > maxPictureBytes) {
            throw new IllegalArgumentException("size: " + key.size() + " (expected: at most " + maxPictureBytes + ")");
        }
        if (offset >= key.size()) {
            throw new IllegalArgumentException("offset: " + offset + " (expected: below the size, " + key.size() + ")");
        }
        if (offset + data.length > key.size()) {
            throw new IllegalArgumentException(
                    "data: ends at " + (offset + data.length) + " (expected: at most the size, " + key.size() + ")");
        }
        return new Block(key, (int) offset, data, reading(block, 1), false, block.getCorrupt(), readAt(block));
    }

    private static Instant readAt(PictureBlock block) {
        return Instant.EPOCH.plus(block.getReadAtUs(), ChronoUnit.MICROS);
    }

    /** Records that tell an outcome without content may leave the reading out. */
    private static int reading(PictureBlock block, int least) {
        int reading = block.getReading();
        if (reading < least || reading > 2) {
            throw new IllegalArgumentException("reading: " + Integer.toUnsignedString(reading) + " (expected: 1, 2)");
        }
        return Math.max(1, reading);
    }

    private static PictureKey key(PictureIdentity identity) {
        if (!SERIAL.matcher(identity.getSerial()).matches()) {
            throw new IllegalArgumentException("serial: not 1..12 characters of A-Z 0-9 -");
        }
        int picture = identity.getPicture();
        if (picture < 0 || picture > MAX_PICTURE) {
            throw new IllegalArgumentException(
                    "picture: " + Integer.toUnsignedString(picture) + " (expected: 0.." + MAX_PICTURE + ")");
        }
        return new PictureKey(
                identity.getSerial(),
                picture,
                Integer.toUnsignedLong(identity.getTakenS()),
                Integer.toUnsignedLong(identity.getSize()),
                Integer.toUnsignedLong(identity.getCrc32()));
    }
}
