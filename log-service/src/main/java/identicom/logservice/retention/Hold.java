package identicom.logservice.retention;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A legal hold: what it covers is not erased while it stands.
 *
 * @param ordinal its place in the order of lists
 * @param name 1 to 64 of A-Z a-z 0-9 . _ -, such as {@code case-2026-17}
 * @param serial of the unit; null: every unit
 * @param from beginning of the time it covers; null: from the first event on
 * @param to end of that time, excluded; null: without end
 * @param liftedAt null: it stands
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Hold(
        @JsonIgnore long ordinal,
        String name,
        @Nullable String serial,
        @Nullable Instant from,
        @Nullable Instant to,
        String reason,
        Instant setAt,
        String setBy,
        @Nullable Instant liftedAt,
        @Nullable String liftedBy,
        @Nullable String liftReason) {

    /** Whether it is about the same, for the same reason. */
    public boolean isFor(Wanted wanted) {
        return wanted.equals(new Wanted(serial, from, to, reason));
    }

    /** What a person asks to be held: a unit, a time, or both. */
    public record Wanted(
            @Nullable String serial,
            @Nullable Instant from,
            @Nullable Instant to,
            String reason) {}
}
