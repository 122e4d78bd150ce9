package identicom.fleetservice.units;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A unit as the HTTP interface shows it: as it was set, and what is known of it.
 *
 * @param version grows with each change of what was set
 * @param lastSeen when a station last heard it; null: never
 * @param dueAt when it should have called again, without grace; null: never seen, or decommissioned
 * @param battery per cent; null: unknown
 * @param positionAt when the unit took the position, by its clock
 * @param connected it is in a session now
 */
public record UnitView(
        String serial,
        String wearer,
        String phone,
        String site,
        int checkInMinutes,
        int graceMinutes,
        String state,
        long version,
        Instant changedAt,
        @Nullable Instant lastSeen,
        @Nullable Instant dueAt,
        @Nullable String softwareVersion,
        @Nullable Integer battery,
        @Nullable Position position,
        @Nullable Instant positionAt,
        boolean connected) {

    /** Degrees, north and east positive. */
    public record Position(double lat, double lon) {}
}
