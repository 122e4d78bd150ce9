package identicom.alertservice.view;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The times of an alert's way so far; null: not yet, or nobody said. They come from several clocks (unit, station, database),
 * so one may seem to lie before the one it followed: a duration between two of them is never less than nothing
 * ({@link #between}).
 *
 * @param unitTime by the unit's clock, of the first event; null when that clock was not set
 * @param acceptedAt the first byte of its first event's frame was there, at the station
 * @param mainAt main acknowledged that event; told by the station at the session's end, or within 20 s
 * @param raisedAt when it began to count as what it is: an alert that became critical, or live, only later did so then
 * @param sentAt first written to a screen's connection
 * @param shownAt a page said that it is on a screen
 * @param acknowledgedAt a person took it up for the first time since {@code raisedAt}
 * @param smsAt the first text message was handed over
 * @param clockSkewSeconds the unit's clock minus the station's; positive: the unit's clock is ahead. Negative: it is behind, or
 *     the unit could not call at once. Null when the unit's clock was not set
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Journey(
        @Nullable Instant unitTime,
        Instant acceptedAt,
        @Nullable Instant decodedAt,
        @Nullable Instant mainAt,
        @Nullable Instant priorityAt,
        Instant raisedAt,
        @Nullable Instant sentAt,
        @Nullable Instant shownAt,
        @Nullable Instant acknowledgedAt,
        @Nullable Instant smsAt,
        @Nullable Instant deliveredAt,
        @Nullable Long clockSkewSeconds) {

    public static Journey of(
            @Nullable Instant unitTime,
            Instant acceptedAt,
            @Nullable Instant decodedAt,
            @Nullable Instant mainAt,
            @Nullable Instant priorityAt,
            Instant raisedAt,
            @Nullable Instant sentAt,
            @Nullable Instant shownAt,
            @Nullable Instant acknowledgedAt,
            @Nullable Instant smsAt,
            @Nullable Instant deliveredAt) {
        Long skew =
                unitTime == null ? null : Duration.between(acceptedAt, unitTime).toSeconds();
        return new Journey(
                unitTime,
                acceptedAt,
                decodedAt,
                mainAt,
                priorityAt,
                raisedAt,
                sentAt,
                shownAt,
                acknowledgedAt,
                smsAt,
                deliveredAt,
                skew);
    }

    /** Of an alert whose way has just begun, or is known no further. */
    public static Journey begun(@Nullable Instant unitTime, Instant acceptedAt, Instant raisedAt) {
        return of(unitTime, acceptedAt, null, null, null, raisedAt, null, null, null, null, null);
    }

    /** Never negative: clocks differ. */
    public static Duration between(Instant from, Instant to) {
        return to.isBefore(from) ? Duration.ZERO : Duration.between(from, to);
    }
}
