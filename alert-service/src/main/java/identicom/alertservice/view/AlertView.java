package identicom.alertservice.view;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import identicom.alertservice.alert.Alert;
import identicom.alertservice.alert.AlertState;
import identicom.alertservice.alert.Facts;
import identicom.alertservice.alert.Matter;
import identicom.alertservice.alert.Standing;
import identicom.alertservice.alert.Standing.Holder;
import identicom.alertservice.event.CriticalEvent;
import identicom.alertservice.event.Position;
import identicom.alertservice.event.Trust;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An alert as in the list, on the stream and in the change log: its components are the JSON's members, in this order.
 *
 * @param events the newest {@value #NEWEST_EVENTS}, newest first
 * @param history the newest {@value #NEWEST_HISTORY} entries, oldest first
 * @param flood of a flood alert or a mass loss: which serials it stands for
 * @param rings how often it rang; a number that grows is a ring
 * @param reopensAt acknowledged, and rang again: when it opens again unless acknowledged again
 * @param subject what it is about where that is no unit
 * @param testUntil of a test alert: when its unit is on test no longer
 * @param attendBy acknowledged: when its holder is reminded, or loses it, if nothing is done
 * @param checklist what is to be done, and what was done
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record AlertView(
        UUID id,
        @Nullable String serial,
        @Nullable String wearer,
        String kind,
        @JsonProperty("class") String eventClass,
        String state,
        Instant raisedAt,
        @Nullable Instant eventTime,
        boolean late,
        String trust,
        @Nullable PositionView position,
        long eventCount,
        List<EventView> events,
        @Nullable String acknowledgedBy,
        @Nullable String reference,
        @Nullable String outcome,
        boolean stored,
        boolean test,
        Journey journey,
        List<HistoryEntry> history,
        @Nullable Flood flood,
        int rings,
        Instant rangAt,
        @Nullable Instant reopensAt,
        @Nullable String subject,
        @Nullable Instant testUntil,
        @Nullable Instant attendBy,
        List<Step> checklist) {

    public AlertView {
        checklist = checklist == null ? List.of() : checklist; // what an earlier version told had none
    }

    public static final int NEWEST_EVENTS = 20;
    public static final int NEWEST_HISTORY = 100;
    public static final int LISTED_SERIALS = 1000;

    /** Degrees, and when the unit was there. */
    public record PositionView(double lat, double lon, Instant at) {

        public static @Nullable PositionView of(@Nullable Position position, @Nullable Instant at) {
            return position == null || at == null
                    ? null
                    : new PositionView(degrees(position.latitudeE7()), degrees(position.longitudeE7()), at);
        }

        Position position() {
            return new Position((int) Math.round(lat * 1e7), (int) Math.round(lon * 1e7));
        }

        private static double degrees(int e7) {
            return e7 / 1e7;
        }
    }

    /** One of the events that it is about. */
    public record EventView(
            String serial,
            int log,
            long sequence,
            String type,
            String name,
            String kind,
            @Nullable Instant time,
            Instant receivedAt,
            boolean late,
            String trust,
            @Nullable PositionView position,
            @Nullable Integer battery,
            @Nullable Integer signal,
            String station) {

        public static EventView of(CriticalEvent e, String kind) {
            return new EventView(
                    e.serial(),
                    e.logId(),
                    e.sequence(),
                    "%02x".formatted(e.typeCode()),
                    e.typeName(),
                    kind,
                    e.unitTime(),
                    e.acceptedAt(),
                    e.late(),
                    e.trust().text(),
                    PositionView.of(e.position(), e.happenedAt()),
                    e.battery(),
                    e.signalDbm(),
                    e.station());
        }
    }

    /** What happened to it, and who did it. */
    public record HistoryEntry(
            Instant at,
            String what,
            @Nullable String who,
            @Nullable String detail) {}

    /** One line of its checklist. */
    public record Step(
            String step, @Nullable Instant doneAt, @Nullable String doneBy) {}

    /** The first {@value #LISTED_SERIALS} serials, and how many more there are. */
    public record Flood(List<String> serials, long more) {}

    /** One whose way is known no further than its rising. */
    public static AlertView of(
            Alert a,
            @Nullable String reference,
            @Nullable String wearer,
            boolean stored,
            List<EventView> events,
            List<HistoryEntry> history,
            List<String> serials,
            List<Step> checklist,
            @Nullable Journey journey) {
        return new AlertView(
                a.id(),
                a.serial(),
                wearer,
                a.kind(),
                a.eventClass(),
                a.state().text(),
                a.raisedAt(),
                a.eventTime(),
                a.late(),
                a.trust().text(),
                PositionView.of(a.position(), a.positionAt()),
                a.eventCount(),
                events,
                a.acknowledgedBy(),
                reference,
                a.outcome(),
                stored,
                a.test(),
                journey != null ? journey : Journey.begun(a.eventTime(), a.acceptedAt(), a.raisedAt()),
                history,
                a.flood() || !serials.isEmpty() ? new Flood(serials, a.serialCount() - serials.size()) : null,
                a.rings(),
                a.rangAt(),
                a.reopenAt(),
                a.subject(),
                a.matter().test() == null ? null : a.matter().test().until(),
                a.state() != AlertState.ACKNOWLEDGED || a.standing().holder() == null
                        ? null
                        : a.standing().holder().attendBy(),
                checklist);
    }

    /** The alert that this is a view of, for the rules by which events find it. What no such rule asks for is not there. */
    public Alert alert() {
        boolean ofUnits = flood != null && subject == null;
        Matter.Test onTest = testUntil == null ? null : new Matter.Test(testUntil, null);
        Matter matter = new Matter(serial, subject, kind, eventClass, Trust.of(trust), onTest, ofUnits);
        Facts facts = new Facts(
                raisedAt,
                journey.acceptedAt(),
                eventTime,
                late,
                position == null ? null : position.position(),
                position == null ? null : position.at(),
                eventCount,
                flood == null ? 1 : flood.serials().size() + flood.more());
        Holder holder = acknowledgedBy == null ? null : new Holder(acknowledgedBy, rangAt, false, attendBy, false);
        Standing standing = new Standing(AlertState.of(state), holder, null, outcome, rings, rangAt, reopensAt);
        return new Alert(id, matter, facts, standing);
    }
}
