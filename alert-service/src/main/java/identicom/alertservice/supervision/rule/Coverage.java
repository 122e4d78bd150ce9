package identicom.alertservice.supervision.rule;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** When any station could take calls: one that lived, and was not shut. */
public final class Coverage {

    private static final long SHORT_US = 10_000_000;

    private record Stretch(long fromUs, long toUs) {}

    private Coverage() {}

    /** The stretches of more than 10 s that no station covers, up to the watermark: later ones may not be known yet. */
    public static List<Gap> gaps(Collection<Process> processes, Collection<Shut> shut, long watermarkUs) {
        List<Stretch> open = new ArrayList<>();
        processes.forEach(process -> open.addAll(open(process, shut)));
        open.sort(Comparator.comparingLong(Stretch::fromUs));
        List<Gap> gaps = new ArrayList<>();
        long covered = Long.MAX_VALUE;
        for (Stretch stretch : open) {
            long end = Math.min(stretch.fromUs(), watermarkUs);
            if (covered != Long.MAX_VALUE && end - covered > SHORT_US) {
                gaps.add(new Gap(covered, end, false));
            }
            covered = covered == Long.MAX_VALUE ? stretch.toUs() : Math.max(covered, stretch.toUs());
        }
        return gaps;
    }

    /** The last one may be empty: it is where the process was last heard, though it was shut until then. */
    private static List<Stretch> open(Process process, Collection<Shut> shut) {
        List<Shut> its = shut.stream()
                .filter(one -> one.station().equals(process.station()))
                .filter(one -> one.toUs() > process.fromUs() && one.fromUs() < process.coveredUs())
                .sorted(Comparator.comparingLong(Shut::fromUs))
                .toList();
        List<Stretch> open = new ArrayList<>();
        long from = process.fromUs();
        for (Shut one : its) {
            open.add(new Stretch(from, Math.max(from, one.fromUs())));
            from = Math.max(from, one.toUs());
        }
        open.add(new Stretch(from, Math.max(from, process.coveredUs())));
        return open;
    }
}
