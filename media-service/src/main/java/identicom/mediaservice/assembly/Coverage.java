package identicom.mediaservice.assembly;

import identicom.mediaservice.index.Parts.Range;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** How much of a reading there is, of ranges that do not overlap. */
final class Coverage {
    private Coverage() {}

    static long bytes(List<Range> ranges) {
        return ranges.stream().mapToLong(Range::length).sum();
    }

    /** Bytes from the start without a gap. */
    static long fromStart(List<Range> ranges) {
        List<Range> ordered = new ArrayList<>(ranges);
        ordered.sort(Comparator.comparingInt(Range::start));
        int end = 0;
        for (Range range : ordered) {
            if (range.start() != end) {
                break;
            }
            end = range.end();
        }
        return end;
    }
}
