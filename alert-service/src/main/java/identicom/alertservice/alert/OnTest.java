package identicom.alertservice.alert;

import identicom.alertservice.event.CriticalEvent;
import identicom.alertservice.event.Trust;
import java.time.Duration;
import java.time.Instant;

/** A unit on test: what it sends meanwhile raises test alerts. */
public record OnTest(String serial, Instant since, Instant until, String setBy) {

    public static final Duration LONGEST = Duration.ofMinutes(120);

    /** How far a station's clock may be behind the database's. */
    static final Duration TOLERANCE = Duration.ofSeconds(5);

    /**
     * Whether the event is part of the test. What the whitelist does not vouch for, what a station took before, and what
     * comes late of a time before is an emergency like any other.
     */
    public boolean covers(CriticalEvent event, Instant now) {
        Instant from = since.minus(TOLERANCE);
        return event.trust() == Trust.WHITELISTED
                && now.isBefore(until)
                && !event.acceptedAt().isBefore(from)
                && !(event.late() && event.happenedAt().isBefore(from));
    }
}
