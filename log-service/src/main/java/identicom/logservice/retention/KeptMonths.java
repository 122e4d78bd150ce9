package identicom.logservice.retention;

import identicom.runtime.config.Configuration;
import identicom.runtime.config.Key;
import identicom.schema.Topic;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * For how many whole calendar months (UTC) after its own an event is kept, by class; 0: for good.
 *
 * <p>Fewer than {@value #LEAST} are refused. An event's identity is what keeps it from being stored twice, so it must not be forgotten
 * while the event can be delivered again: by Kafka for as long as its topic keeps records, and nothing that was accepted within twice
 * that time is erased, whatever its own time says.
 */
public record KeptMonths(int critical, int high, int routine) {
    /** The fewest months; the shortest three in a row have 89 days. */
    public static final int LEAST = 3;

    /** Nothing younger is erased, by when a station accepted it. The database's functions hold to the same. */
    public static final Duration FORGETTABLE_AFTER = Stream.of(
                    Topic.EVENTS_CRITICAL, Topic.EVENTS_HIGH, Topic.EVENTS_ROUTINE)
            .map(topic -> topic.retention().orElseThrow().multipliedBy(2))
            .max(Duration::compareTo)
            .orElseThrow();

    private static final int MOST = 1_200;

    private static final Key<Integer> CRITICAL = key("critical");
    private static final Key<Integer> HIGH = key("high");
    private static final Key<Integer> ROUTINE = key("routine");

    public static final List<Key<?>> KEYS = List.of(CRITICAL, HIGH, ROUTINE);

    public static KeptMonths of(Configuration configuration) {
        return new KeptMonths(configuration.get(CRITICAL), configuration.get(HIGH), configuration.get(ROUTINE));
    }

    private static Key<Integer> key(String eventClass) {
        return new Key<>(
                "event-log.keep-" + eventClass + "-months",
                "0",
                "months for which events of class " + eventClass + " are kept; 0: for good",
                false,
                KeptMonths::parse);
    }

    private static int parse(String text) {
        String expected = "0 for good, or a whole number " + LEAST + ".." + MOST
                + ": Kafka can deliver an event again for "
                + FORGETTABLE_AFTER.dividedBy(2).toDays()
                + " days, and one that is forgotten by then would be stored twice";
        try {
            int months = Integer.parseInt(text);
            if (months == 0 || months >= LEAST && months <= MOST) {
                return months;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(expected, e);
        }
        throw new IllegalArgumentException(expected);
    }

    /** Everything is kept for good. */
    public boolean forGood() {
        return critical == 0 && high == 0 && routine == 0;
    }

    /** Before which time events are past, now. */
    Past past(Instant now) {
        return new Past(before(critical, now), before(high, now), before(routine, now));
    }

    private static @Nullable Instant before(int months, Instant now) {
        return months == 0
                ? null
                : YearMonth.from(now.atZone(ZoneOffset.UTC))
                        .minusMonths(months)
                        .atDay(1)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant();
    }

    /** As in {@code critical 24, high 24, routine for good}. */
    String text() {
        return "critical " + text(critical) + ", high " + text(high) + ", routine " + text(routine);
    }

    private static String text(int months) {
        return months == 0 ? "for good" : months + " months";
    }

    /** Beginnings of the first months that are kept; null: for good. */
    record Past(
            @Nullable Instant critical,
            @Nullable Instant high,
            @Nullable Instant routine) {

        /** Whether an event of that month can be past. */
        boolean reaches(YearMonth month) {
            return Stream.of(Optional.ofNullable(critical), Optional.ofNullable(high), Optional.ofNullable(routine))
                    .flatMap(Optional::stream)
                    .anyMatch(before -> !end(month).isAfter(before));
        }

        /** Whether every event of that month is past by its own time. */
        boolean covers(YearMonth month) {
            return critical != null
                    && high != null
                    && routine != null
                    && Stream.of(critical, high, routine)
                            .noneMatch(before -> end(month).isAfter(before));
        }

        private static Instant end(YearMonth month) {
            return month.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        }
    }
}
