package identicom.alertservice.supervision;

import com.fasterxml.jackson.annotation.JsonInclude;
import identicom.alertservice.supervision.rule.Unit;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A supervised unit as the page shows it. */
@JsonInclude(JsonInclude.Include.ALWAYS)
record SupervisionView(
        String serial,
        @Nullable String wearer,
        @Nullable String site,
        String state,
        @Nullable Instant lastHeardAt,
        @Nullable Instant dueAt,
        @Nullable Instant overdueSince,
        String unitState) {

    /**
     * All of it.
     *
     * @param watermark up to when everything was heard; null: no station was heard ever
     * @param lagSeconds how long ago that is, by the database's clock
     * @param blind stations that are silent
     * @param paused deadlines are not judged as far as the watermark: a clock jumped, or records are read late
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Summary(
            @Nullable Instant watermark,
            @Nullable Long lagSeconds,
            List<String> blind,
            long supervised,
            long overdue,
            long neverSeen,
            long off,
            boolean paused) {}

    static SupervisionView of(Unit unit, @Nullable String wearer) {
        return new SupervisionView(
                unit.serial(),
                wearer,
                unit.plan().site().isEmpty() ? null : unit.plan().site(),
                state(unit),
                instant(unit.watch().heardUs()),
                instant(unit.watch().dueUs()),
                instant(unit.watch().overdueUs()),
                unit.power().phase().name().toLowerCase(Locale.ROOT));
    }

    private static String state(Unit unit) {
        if (unit.overdue()) {
            return "overdue";
        }
        return unit.watch().heardUs() == null ? "never-seen" : unit.watch().dueUs() == null ? "off" : "in-time";
    }

    static @Nullable Instant instant(@Nullable Long us) {
        return us == null ? null : Instant.EPOCH.plus(us, ChronoUnit.MICROS);
    }
}
