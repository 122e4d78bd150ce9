package identicom.simulator.unit;

import identicom.wire.message.FromUnit;
import identicom.wire.message.Octets;
import identicom.wire.message.PictureBlock;
import identicom.wire.message.PictureEntry;
import identicom.wire.message.PictureError;
import identicom.wire.message.PictureList;
import identicom.wire.message.ReadPicture;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A unit's picture memory, in the order in which they were taken. Not thread safe; its {@link SimulatedUnit} guards it.
 */
final class UnitPictures {
    /** As many as a unit holds; it takes no more until some are deleted. */
    static final int CAPACITY = 1_000;

    private static final int NUMBERS = 0x1_0000;

    private final Map<Integer, TakenPicture> held = new LinkedHashMap<>();
    private int next = 1;

    boolean full() {
        return held.size() >= CAPACITY;
    }

    TakenPicture take(byte[] content, Instant takenAt) {
        if (full()) {
            throw new IllegalStateException("pictures: " + held.size() + " held (expected: at most " + CAPACITY + ")");
        }
        while (held.containsKey(next)) {
            next = (next + 1) % NUMBERS;
        }
        TakenPicture taken = TakenPicture.of(next, content, takenAt);
        held.put(next, taken);
        next = (next + 1) % NUMBERS;
        return taken;
    }

    /** The answer to {@code 40}: the oldest. */
    PictureList list() {
        List<PictureEntry> oldest = held.values().stream()
                .limit(PictureList.MAX_PICTURES)
                .map(TakenPicture::entry)
                .toList();
        return new PictureList(oldest);
    }

    /** The answer to {@code 41}: exactly the bytes asked for, or an error. */
    FromUnit read(ReadPicture request) {
        TakenPicture picture = held.get(request.picture());
        if (picture == null) {
            return new PictureError(request.picture(), PictureError.NO_SUCH_PICTURE);
        }
        if (request.offset() + request.length() > picture.size()) {
            return new PictureError(request.picture(), PictureError.OUT_OF_RANGE);
        }
        byte[] block = new byte[request.length()];
        for (int i = 0; i < block.length; i++) {
            block[i] = (byte) picture.content().unsignedByte((int) request.offset() + i);
        }
        return new PictureBlock(request.picture(), request.offset(), Octets.owning(block));
    }

    /** What was deleted; nothing where there is no such picture. */
    @Nullable TakenPicture delete(int number) {
        return held.remove(number);
    }

    List<TakenPicture> held() {
        return List.copyOf(held.values());
    }

    int count() {
        return held.size();
    }
}
