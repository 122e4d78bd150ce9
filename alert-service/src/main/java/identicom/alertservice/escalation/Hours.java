package identicom.alertservice.escalation;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;

/**
 * When somebody may be told: from one time of the day to another, at these days, as the clocks of that zone show them.
 * A span that ends before it begins goes over midnight and belongs to the day on which it began; one that ends when it
 * begins is the whole day.
 *
 * @param zone such as {@code Europe/London}
 * @param days {@code mon} to {@code sun}
 * @param from such as {@code 08:00}, included
 * @param to such as {@code 18:00}, not included
 */
public record Hours(String zone, List<String> days, String from, String to) {

    static final List<String> WEEK = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

    public Hours {
        days = List.copyOf(days);
    }

    boolean covers(Instant now) {
        ZonedDateTime there = now.atZone(ZoneId.of(zone));
        LocalTime time = there.toLocalTime();
        LocalTime begin = LocalTime.parse(from);
        LocalTime end = LocalTime.parse(to);
        if (begin.isBefore(end)) {
            return on(there) && !time.isBefore(begin) && time.isBefore(end);
        }
        boolean begunToday = on(there) && !time.isBefore(begin);
        boolean begunYesterday = on(there.minusDays(1)) && time.isBefore(end);
        return begunToday || begunYesterday;
    }

    private boolean on(ZonedDateTime day) {
        return days.contains(day.getDayOfWeek().name().substring(0, 3).toLowerCase(Locale.ROOT));
    }
}
