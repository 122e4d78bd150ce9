package identicom.receiver.session;

import identicom.wire.message.DeleteEventLog;
import identicom.wire.message.DeletePicture;
import identicom.wire.message.EventLogDeleted;
import identicom.wire.message.FromUnit;
import identicom.wire.message.ListPictures;
import identicom.wire.message.Octets;
import identicom.wire.message.PictureBlock;
import identicom.wire.message.PictureDeleted;
import identicom.wire.message.PictureEntry;
import identicom.wire.message.PictureError;
import identicom.wire.message.PictureList;
import identicom.wire.message.ReadEventLog;
import identicom.wire.message.ReadPicture;
import identicom.wire.message.ToUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** A unit with an empty log and pictures of its own, as PROTOCOL.md describes it. */
final class PictureUnit {
    private static final long TAKEN = 1_700_000_000L;

    final Map<PictureEntry, byte[]> pictures = new LinkedHashMap<>();
    /** Bytes it puts into a block at most. */
    int blockBytes = PictureBlock.MAX_DATA;

    static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new SplittableRandom(size).nextBytes(bytes);
        return bytes;
    }

    static PictureEntry entry(int number, byte[] bytes) {
        java.util.zip.CRC32 crc = new java.util.zip.CRC32();
        crc.update(bytes);
        return new PictureEntry(number, bytes.length, TAKEN + number, crc.getValue());
    }

    /** Takes pictures 1, 2, 3 … of these sizes. */
    static PictureUnit with(int... sizes) {
        PictureUnit unit = new PictureUnit();
        for (int i = 0; i < sizes.length; i++) {
            unit.holding(entry(i + 1, bytes(sizes[i])), bytes(sizes[i]));
        }
        return unit;
    }

    /** Holds what the list calls {@code entry}, whether that is true or not. */
    PictureUnit holding(PictureEntry entry, byte[] bytes) {
        pictures.put(entry, bytes);
        return this;
    }

    PictureEntry entry(int number) {
        return pictures.keySet().stream()
                .filter(entry -> entry.picture() == number)
                .findFirst()
                .orElseThrow();
    }

    FromUnit answer(ToUnit request) {
        return switch (request) {
            case ReadEventLog read -> Units.answer(0);
            case DeleteEventLog delete -> new EventLogDeleted(delete.upTo());
            case ListPictures list ->
                new PictureList(pictures.keySet().stream()
                        .limit(PictureList.MAX_PICTURES)
                        .toList());
            case ReadPicture(int number, long offset, int length) -> block(number, (int) offset, length);
            case DeletePicture(int number) -> {
                pictures.remove(entry(number));
                yield new PictureDeleted(number);
            }
            default -> throw new AssertionError("unexpected " + request);
        };
    }

    private FromUnit block(int number, int offset, int length) {
        byte[] all = pictures.get(entry(number));
        int end = Math.min(all.length, offset + Math.min(length, blockBytes));
        return offset < end
                ? new PictureBlock(number, offset, Octets.of(Arrays.copyOfRange(all, offset, end)))
                : new PictureError(number, PictureError.OUT_OF_RANGE);
    }
}
