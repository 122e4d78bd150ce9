package identicom.simulator.line;

import java.time.Duration;

/**
 * How bad a unit's radio connection is.
 *
 * @param delay one way, on average; each message takes between half and one and a half of it
 * @param dropRate 0..1: share of sessions that break at some message
 */
public record LineQuality(Duration delay, double dropRate) {
    /** No delay, no drop-outs. */
    public static final LineQuality PERFECT = new LineQuality(Duration.ZERO, 0);

    public LineQuality {
        if (dropRate < 0 || dropRate > 1) {
            throw new IllegalArgumentException("dropRate: " + dropRate + " (expected: 0..1)");
        }
        if (delay.isNegative()) {
            throw new IllegalArgumentException("delay: " + delay + " (expected: not negative)");
        }
    }
}
