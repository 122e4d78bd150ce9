package identicom.mediaservice.index;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which pictures; null lets all through.
 *
 * @param from taken then or later
 * @param to taken before then
 */
public record PictureFilter(
        @Nullable String serial,
        @Nullable Instant from,
        @Nullable Instant to) {}
