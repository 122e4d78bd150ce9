package identicom.mediaservice.assembly;

import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one batch brings of one picture. Confined to one thread. */
final class Delivery {
    private final SortedMap<Integer, Pieces> readings = new TreeMap<>();
    private @Nullable Integer corruptReading;
    private boolean tooLarge;

    void add(Block block) {
        tooLarge |= block.tooLarge();
        if (block.corrupt()) {
            corruptReading = corruptReading == null ? block.reading() : Math.max(corruptReading, block.reading());
        }
        if (block.data().length > 0) {
            readings.computeIfAbsent(block.reading(), reading -> new Pieces()).add(block.offset(), block.data());
        }
    }

    /** What came, by reading. */
    SortedMap<Integer, Pieces> readings() {
        return readings;
    }

    /** The reading that was declared corrupt. */
    @Nullable Integer corruptReading() {
        return corruptReading;
    }

    boolean tooLarge() {
        return tooLarge;
    }
}
