package identicom.alertservice.escalation;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    private static final Logger LOG = LoggerFactory.getLogger(Hours.class);
    private static final int MOST_SAID = 1_000;
    /** Said once each. */
    private static final Set<Hours> UNTOLD = ConcurrentHashMap.newKeySet();

    public Hours {
        days = List.copyOf(days);
    }

    /** Hours that nobody can tell, such as those of a zone that this installation does not know, are all hours. */
    boolean covers(Instant now) {
        try {
            return told(now);
        } catch (DateTimeException e) {
            if (UNTOLD.size() < MOST_SAID && UNTOLD.add(this)) {
                LOG.error("{} cannot be told and are taken as all hours: {}", this, e.getMessage());
            }
            return true;
        }
    }

    private boolean told(Instant now) {
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
