package identicom.receiver.session;

import identicom.wire.message.PictureEntry;
import identicom.wire.message.PictureList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How far a session has come with a unit's pictures.
 *
 * @param waiting pictures of the list that are still to come, in its order
 * @param run the picture at hand; null: none
 * @param left pictures that stay on the unit in this session
 * @param more the list was full: the unit may hold more
 * @param deletedOne one of the list was deleted
 * @param worked something was asked for beyond the list
 * @param brokenOff pictures stay for a later session although they could be read
 */
record PictureWork(
        List<PicturePosition> waiting,
        @Nullable PictureRun run,
        Set<PictureEntry> left,
        boolean more,
        boolean deletedOne,
        boolean worked,
        boolean brokenOff) {
    static final PictureWork NONE = new PictureWork(List.of(), null, Set.of(), false, false, false, false);

    /** What of this list is to be looked at: what was left before is not, nor a number that means different pictures. */
    List<PictureEntry> wanted(PictureList list) {
        Set<Integer> ambiguous = ambiguous(list);
        return list.pictures().stream()
                .distinct()
                .filter(entry -> !ambiguous.contains(entry.picture()) && !left.contains(entry))
                .toList();
    }

    /** The numbers that stand for several different pictures. */
    static Set<Integer> ambiguous(PictureList list) {
        Map<Integer, PictureEntry> byNumber = new HashMap<>();
        Set<Integer> ambiguous = new HashSet<>();
        for (PictureEntry entry : list.pictures()) {
            PictureEntry first = byNumber.putIfAbsent(entry.picture(), entry);
            if (first != null && !first.equals(entry)) {
                ambiguous.add(entry.picture());
            }
        }
        return ambiguous;
    }

    /** All of the list is done, and the unit may hold more. */
    boolean askAgain(int maxLeft) {
        return more && deletedOne && left.size() < maxLeft;
    }

    PictureWork listed(boolean full) {
        return new PictureWork(List.of(), null, left, full, false, worked, brokenOff);
    }

    PictureWork starting(List<PicturePosition> positions) {
        return new PictureWork(List.copyOf(positions), null, left, more, deletedOne, worked, brokenOff);
    }

    /** Without the first one that waits. */
    PictureWork taken() {
        return new PictureWork(waiting.subList(1, waiting.size()), run, left, more, deletedOne, worked, brokenOff);
    }

    PictureWork with(@Nullable PictureRun now) {
        return new PictureWork(waiting, now, left, more, deletedOne, worked, brokenOff);
    }

    PictureWork leaving(PictureEntry picture) {
        Set<PictureEntry> all = new HashSet<>(left);
        all.add(picture);
        return new PictureWork(waiting, null, Set.copyOf(all), more, deletedOne, worked, brokenOff);
    }

    PictureWork deleted() {
        return new PictureWork(waiting, null, left, more, true, worked, brokenOff);
    }

    PictureWork asking() {
        return new PictureWork(waiting, run, left, more, deletedOne, true, brokenOff);
    }

    PictureWork breakingOff() {
        return new PictureWork(List.of(), run, left, more, deletedOne, worked, true);
    }

    PictureWork acknowledged(long number) {
        return run == null ? this : with(run.acknowledged(number));
    }

    PictureWork lost(long number) {
        return run == null ? this : with(run.lost(number));
    }
}
