package identicom.alertservice.alert;

import static identicom.alertservice.Events.LANYARD;
import static identicom.alertservice.Events.MAN_DOWN;
import static identicom.alertservice.Events.NOON;
import static identicom.alertservice.Events.RED_ALERT;
import static identicom.alertservice.Events.critical;
import static identicom.alertservice.Events.event;
import static identicom.alertservice.Events.withTrust;
import static org.assertj.core.api.Assertions.assertThat;

import identicom.alertservice.event.CriticalEvent;
import identicom.alertservice.event.Trust;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeskTest {

    private final Desk desk = new Desk();
    private final CriticalEvent manDown = critical("MAN-1", 5, MAN_DOWN, NOON);
    private final CriticalEvent lanyard = critical("MAN-1", 4, LANYARD, NOON.minusSeconds(60));

    private Effect take(CriticalEvent event) {
        return desk.take(event, NOON.plusSeconds(2)).orElseThrow();
    }

    private static CriticalEvent unregistered(CriticalEvent event) {
        return withTrust(event, Trust.UNREGISTERED);
    }

    private Alert acknowledged(Alert alert) {
        Alert held = ((Answer.Done) Handling.acknowledge(alert, new Standing.Holder("ann", NOON, false, null, false)))
                .alert();
        desk.lay(held);
        return held;
    }

    private Alert closed(Alert alert) {
        return ((Answer.Done) Handling.close(alert, Handling.Outcome.GENUINE, List.of())).alert();
    }

    private static Desk deskAfter(Alert closed, CriticalEvent event) {
        Desk later = new Desk();
        later.lay(closed);
        later.layKnown(event.id(), new Desk.Known(closed.id(), event.trust()));
        return later;
    }

    @Test
    void firstEventRaisesAnAlertNamedAfterItsIdentity() {
        Effect effect = take(manDown);

        assertThat(effect).isInstanceOf(Effect.Raised.class);
        assertThat(effect.alert().id()).isEqualTo(manDown.id().alertId());
        assertThat(effect.alert().kind()).isEqualTo("man-down");
        assertThat(effect.alert().rings()).isOne();
    }

    @Test
    void sameEventAgainDoesNothing() {
        take(manDown);

        assertThat(desk.take(manDown, NOON)).isEmpty();
    }

    @Test
    void graverEventGivesItsKindAndTimeToTheOpenAlert() {
        Alert raised = take(lanyard).alert();
        Alert joined = take(manDown).alert();

        assertThat(joined.id()).isEqualTo(raised.id());
        assertThat(joined.kind()).isEqualTo("man-down");
        assertThat(joined.eventTime()).isEqualTo(NOON);
        assertThat(joined.eventCount()).isEqualTo(2);
        assertThat(joined.rings()).isEqualTo(2);
    }

    @Test
    void lesserEventJoinsAndRingsButLeavesTheKind() {
        take(manDown);
        Alert joined = take(lanyard).alert();

        assertThat(joined.kind()).isEqualTo("man-down");
        assertThat(joined.eventTime()).isEqualTo(NOON);
        assertThat(joined.rings()).isEqualTo(2);
        assertThat(joined.position()).as("the newer position stays").isEqualTo(manDown.position());
    }

    @Test
    void eventInAnAcknowledgedAlertRingsItsHolderAndSetsTheTimeToReopen() {
        acknowledged(take(lanyard).alert());
        Alert rung = take(manDown).alert();

        assertThat(rung.state()).isEqualTo(AlertState.ACKNOWLEDGED);
        assertThat(rung.acknowledgedBy()).isEqualTo("ann");
        assertThat(rung.reopenAt()).isEqualTo(NOON.plusSeconds(32));
    }

    @Test
    void furtherRingDoesNotPutTheReopeningOff() {
        acknowledged(take(lanyard).alert());
        Instant first = take(manDown).alert().reopenAt();
        Alert again = desk.take(critical("MAN-1", 6, RED_ALERT, NOON), NOON.plusSeconds(20))
                .orElseThrow()
                .alert();

        assertThat(again.reopenAt()).isEqualTo(first);
    }

    @Test
    void eventAcceptedLateIsMarkedAndRings() {
        CriticalEvent late = critical(event("MAN-1", 5, MAN_DOWN, NOON, NOON.plusSeconds(301)));
        CriticalEvent inTime = critical(event("MAN-2", 5, MAN_DOWN, NOON, NOON.plusSeconds(300)));

        assertThat(take(late).alert().late()).isTrue();
        assertThat(take(inTime).alert().late()).isFalse();
    }

    @Test
    void lateIsNothingThatAClockWhichIsNotSetCanSay() {
        CriticalEvent unset = critical(event("MAN-1", 5, MAN_DOWN, NOON, NOON.plusSeconds(4000)).toBuilder()
                .setFlags(2)
                .build());

        Alert alert = take(unset).alert();
        assertThat(alert.late()).isFalse();
        assertThat(alert.eventTime()).isNull();
    }

    @Test
    void freshEventOfTheSameKindTakesTheLateMarkAway() {
        take(critical(event("MAN-1", 5, MAN_DOWN, NOON.minusSeconds(4000), NOON)));
        Alert joined = take(critical("MAN-1", 6, MAN_DOWN, NOON)).alert();

        assertThat(joined.late()).isFalse();
        assertThat(joined.eventTime()).isEqualTo(NOON);
    }

    @Test
    void unregisteredUnitGetsAnAlertOfThatKind() {
        Alert alert = take(unregistered(manDown)).alert();

        assertThat(alert.kind()).isEqualTo("unregistered-unit");
        assertThat(alert.trust()).isEqualTo(Trust.UNREGISTERED);
    }

    @Test
    void sameEventAsWhitelistedGivesTheOpenAlertItsKindAndRingsAgain() {
        Alert before = take(unregistered(manDown)).alert();
        Effect effect = take(manDown);

        assertThat(effect).isInstanceOf(Effect.VouchedFor.class);
        assertThat(effect.alert().id()).isEqualTo(before.id());
        assertThat(effect.alert().kind()).isEqualTo("man-down");
        assertThat(effect.alert().trust()).isEqualTo(Trust.WHITELISTED);
        assertThat(effect.alert().rings()).isEqualTo(2);
        assertThat(effect.alert().eventCount()).isOne();
        assertThat(desk.take(unregistered(manDown), NOON))
                .as("trust never falls")
                .isEmpty();
    }

    @Test
    void sameEventAsWhitelistedAfterTheClosingRaisesANewAlert() {
        Alert closed = closed(take(unregistered(manDown)).alert());
        Effect effect =
                deskAfter(closed, unregistered(manDown)).take(manDown, NOON).orElseThrow();

        assertThat(effect).isInstanceOf(Effect.Raised.class);
        assertThat(effect.alert().id()).isNotEqualTo(closed.id());
        assertThat(effect.alert().kind()).isEqualTo("man-down");
    }

    @Test
    void unverifiedEventThatIsVouchedForRaisesTheTrustAndDoesNotRing() {
        take(withTrust(manDown, Trust.UNVERIFIED));
        Alert risen = take(manDown).alert();

        assertThat(risen.trust()).isEqualTo(Trust.WHITELISTED);
        assertThat(risen.kind()).isEqualTo("man-down");
        assertThat(risen.rings()).isOne();
    }

    @Test
    void closedAlertOfAnUnverifiedEventIsNotRaisedAgain() {
        CriticalEvent unverified = withTrust(manDown, Trust.UNVERIFIED);
        Alert closed = closed(take(unverified).alert());
        Effect effect = deskAfter(closed, unverified).take(manDown, NOON).orElseThrow();

        assertThat(effect.alert().id()).isEqualTo(closed.id());
        assertThat(effect.alert().closed()).isTrue();
    }

    private List<Effect> unknownSerials(Trust trust, int from, int to, int secondsApart) {
        return IntStream.range(from, to)
                .mapToObj(i -> critical("X-" + i, 1, MAN_DOWN, NOON.plusSeconds((long) i * secondsApart)))
                .map(e -> take(withTrust(e, trust)))
                .toList();
    }

    @Test
    void sixthUnknownSerialInAMinuteRaisesOneFloodAlertForAllThatFollow() {
        List<Effect> effects = unknownSerials(Trust.UNREGISTERED, 0, 20, 1);

        assertThat(effects.subList(0, 5)).allMatch(Effect.Raised.class::isInstance);
        assertThat(effects.subList(5, 20)).allMatch(Effect.Flooded.class::isInstance);
        assertThat(effects.subList(5, 20).stream().map(e -> e.alert().id()).distinct())
                .hasSize(1);
        Alert flood = effects.getLast().alert();
        assertThat(flood.serialCount()).isEqualTo(15);
        assertThat(flood.serial()).isNull();
        assertThat(flood.kind()).isEqualTo("unregistered-unit");
    }

    @Test
    void unverifiedSerialsAreFoldedByThemselves() {
        unknownSerials(Trust.UNREGISTERED, 0, 5, 1);
        List<Effect> effects = unknownSerials(Trust.UNVERIFIED, 10, 16, 1);

        assertThat(effects.subList(0, 5)).allMatch(Effect.Raised.class::isInstance);
        assertThat(effects.getLast().alert().kind()).isEqualTo("unverified-unit");
    }

    @Test
    void fiveUnknownSerialsAMinuteAreNoFloodHoweverLongItGoesOn() {
        assertThat(unknownSerials(Trust.UNREGISTERED, 0, 100, 12)).allMatch(Effect.Raised.class::isInstance);
    }

    @Test
    void furtherEventsOfOneUnknownSerialDoNotCount() {
        List<Effect> effects = IntStream.range(0, 20)
                .mapToObj(i -> unregistered(critical("X-1", i + 1, MAN_DOWN, NOON)))
                .map(this::take)
                .toList();

        assertThat(effects.subList(1, 20)).allMatch(Effect.Joined.class::isInstance);
    }

    @Test
    void furtherEventOfAFloodedSerialStaysInTheFloodAndDoesNotRing() {
        Alert flood = unknownSerials(Trust.UNREGISTERED, 0, 7, 1).getLast().alert();
        Effect again = take(unregistered(critical("X-6", 2, MAN_DOWN, NOON.plusSeconds(600))));

        assertThat(again.alert().id()).isEqualTo(flood.id());
        assertThat(again.alert().serialCount()).isEqualTo(flood.serialCount());
        assertThat(again.alert().rings()).isEqualTo(flood.rings());
    }

    @Test
    void floodedEventThatIsVouchedForRaisesAnAlertOfItsOwn() {
        unknownSerials(Trust.UNREGISTERED, 0, 7, 1);
        CriticalEvent known = critical("X-6", 1, MAN_DOWN, NOON.plusSeconds(6));
        Effect effect = take(known);

        assertThat(effect).isInstanceOf(Effect.Raised.class);
        assertThat(effect.alert().id()).isEqualTo(known.id().alertId());
        assertThat(effect.alert().kind()).isEqualTo("man-down");
        assertThat(effect.alert().serial()).isEqualTo("X-6");
    }

    @Test
    void knownUnitIsNeverFolded() {
        unknownSerials(Trust.UNREGISTERED, 0, 20, 1);

        assertThat(take(manDown)).isInstanceOf(Effect.Raised.class);
    }
}
