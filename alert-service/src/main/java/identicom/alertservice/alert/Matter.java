package identicom.alertservice.alert;

import identicom.alertservice.event.Trust;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an alert is about.
 *
 * @param serial null for a flood, and for what is not about one unit
 * @param subject what it is about where that is no unit, such as {@code site Leeds}; else null
 * @param eventClass {@code critical}; the gravest of what joined
 * @param test null for a live alert
 * @param flood stands for many units that the whitelist does not vouch for
 */
public record Matter(
        @Nullable String serial,
        @Nullable String subject,
        String kind,
        String eventClass,
        Trust trust,
        @Nullable Test test,
        boolean flood) {

    /**
     * That an alert is of a unit on test.
     *
     * @param until when its unit is on test no longer
     * @param liveAt when it becomes live unless somebody holds it; null: that has been seen to
     */
    public record Test(Instant until, @Nullable Instant liveAt) {

        Test extendedTo(Instant end) {
            return end.isAfter(until) ? new Test(end, end) : this;
        }
    }

    /** The gravest of both. */
    Matter joinedBy(String otherKind, String otherClass, Trust otherTrust) {
        return new Matter(
                serial,
                subject,
                Kinds.graver(otherKind, kind) ? otherKind : kind,
                Kinds.gravestClass(eventClass, otherClass),
                trust.highest(otherTrust),
                test,
                flood);
    }

    Matter withTest(@Nullable Test to) {
        return new Matter(serial, subject, kind, eventClass, trust, to, flood);
    }
}
