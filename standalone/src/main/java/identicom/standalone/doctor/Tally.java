package identicom.standalone.doctor;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** How many findings of each mark there were. One thread. */
public final class Tally {
    private final Map<Mark, Integer> counts = new EnumMap<>(Mark.class);

    void add(Finding finding) {
        counts.merge(finding.mark(), 1, Integer::sum);
    }

    public int of(Mark mark) {
        return counts.getOrDefault(mark, 0);
    }

    /** Such as {@code 31 ok, 1 warn, 0 wrong, 2 skipped}. */
    public String text() {
        return Arrays.stream(Mark.values())
                .map(mark -> of(mark) + " " + mark.text())
                .collect(Collectors.joining(", "));
    }
}
