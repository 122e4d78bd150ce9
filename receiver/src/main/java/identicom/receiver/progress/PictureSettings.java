package identicom.receiver.progress;

import identicom.receiver.session.PictureRules;
import identicom.runtime.config.Configuration;
import identicom.runtime.config.Key;
import java.time.Duration;
import java.util.List;

/**
 * How a station reads pictures.
 *
 * @param maxBytes above it a picture is recorded as too large and not read
 * @param maxProgress pictures whose progress is kept in memory
 * @param progressWait how long a session waits for a station that has not read what is known of pictures
 */
public record PictureSettings(long maxBytes, int maxProgress, Duration progressWait) {
    private static final Key<Long> MAX_BYTES = Key.longNumber(
            "receiver.pictures.max-bytes",
            PictureRules.MAX_BYTES,
            1,
            (1L << 32) - 1,
            "A picture of more bytes is recorded as too large, neither read nor deleted");
    private static final Key<Integer> MAX_PROGRESS = Key.integer(
            "receiver.pictures.max-progress",
            100_000,
            100,
            10_000_000,
            "Pictures under way whose progress is kept in memory; one that falls out is read again from its start");
    private static final Key<Duration> PROGRESS_WAIT = Key.duration(
            "receiver.pictures.progress-wait",
            Duration.ofSeconds(5),
            "How long a session waits for a station that just started to know how far pictures were read; then they are read from the start");

    public static final List<Key<?>> KEYS = List.of(MAX_BYTES, MAX_PROGRESS, PROGRESS_WAIT);

    public static PictureSettings from(Configuration c) {
        return new PictureSettings(c.get(MAX_BYTES), c.get(MAX_PROGRESS), c.get(PROGRESS_WAIT));
    }
}
