package identicom.alertservice.alert;

import identicom.alertservice.event.CriticalEvent;
import identicom.alertservice.event.Trust;
import identicom.schema.EventIdentity;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The alerts that lie open while events come in, and the rules by which an event finds its alert. It is laid with what
 * is known (of the units concerned), then given the events in order. The same rules work on what a transaction has
 * locked and on what an instance holds in memory. One thread only.
 *
 * <table>
 *   <caption>What an event does</caption>
 *   <tr><th>event</th><th>its alert</th><th>effect</th></tr>
 *   <tr><td>new, whitelisted, the unit is on test</td><td>the unit has a test alert that is not closed</td><td>joins it, else raises one; never a live one</td></tr>
 *   <tr><td>new</td><td>the unit has a live one that is not closed</td><td>joins it: gravest kind, it rings</td></tr>
 *   <tr><td>new, whitelisted</td><td>–</td><td>raises one</td></tr>
 *   <tr><td>new, doubtful</td><td>its serial is in an open flood</td><td>joins the flood</td></tr>
 *   <tr><td>new, doubtful, one serial too many in a minute</td><td>–</td><td>joins the flood alert, or raises it</td></tr>
 *   <tr><td>new, doubtful, else</td><td>–</td><td>raises one</td></tr>
 *   <tr><td>known, nothing new about its trust</td><td>any</td><td>none</td></tr>
 *   <tr><td>known as unregistered, now whitelisted</td><td>not closed</td><td>that alert takes its kind and rings</td></tr>
 *   <tr><td>known as unverified, now whitelisted</td><td>not a flood</td><td>the trust rises, nothing rings: it was shown as what it is</td></tr>
 *   <tr><td>known as unregistered, now whitelisted</td><td>closed</td><td>as a new event</td></tr>
 *   <tr><td>known as doubtful, now whitelisted</td><td>a flood</td><td>as a new event</td></tr>
 * </table>
 */
public final class Desk {

    /** What is known of an event that came before: its alert and the trust it then had. */
    public record Known(UUID alertId, Trust trust) {}

    private final Map<UUID, Alert> alerts = new HashMap<>();
    private final Map<String, UUID> openOfUnit = new HashMap<>();
    private final Map<String, UUID> openTestOfUnit = new HashMap<>();
    private final Map<String, OnTest> onTest = new HashMap<>();
    private final Map<Trust, UUID> openFlood = new HashMap<>();
    private final Map<UUID, Set<String>> floodSerials = new HashMap<>();
    private final Map<EventIdentity, Known> known = new HashMap<>();
    private final DoubtfulSerials doubtful = new DoubtfulSerials();

    public void lay(Alert alert) {
        alerts.put(alert.id(), alert);
        if (alert.closed()) {
            return;
        }
        if (alert.flood()) {
            openFlood.put(alert.trust(), alert.id());
        } else if (alert.serial() != null) {
            (alert.test() ? openTestOfUnit : openOfUnit).put(alert.serial(), alert.id());
        }
    }

    public void layFloodSerial(UUID floodId, String serial) {
        floodSerials.computeIfAbsent(floodId, id -> new HashSet<>()).add(serial);
    }

    public void layOnTest(OnTest unit) {
        onTest.put(unit.serial(), unit);
    }

    public void layKnown(EventIdentity event, Known what) {
        known.put(event, what);
    }

    public void layDoubtful(DoubtfulSerials.Sighting sighting) {
        doubtful.add(sighting);
    }

    /** Whether the event would do nothing at all. */
    public static boolean nothingNew(@Nullable Known before, CriticalEvent event) {
        return before != null && (event.trust().doubtful() || !before.trust().doubtful());
    }

    public Optional<Effect> take(CriticalEvent event, Instant now) {
        Known before = known.get(event.id());
        if (nothingNew(before, event)) {
            return Optional.empty();
        }
        Effect effect = before == null ? takeNew(event, event.id().alertId(), now) : takeVouchedFor(event, before, now);
        alerts.put(effect.alert().id(), effect.alert());
        known.put(event.id(), new Known(effect.alert().id(), event.trust()));
        return Optional.of(effect);
    }

    private Effect takeVouchedFor(CriticalEvent event, Known before, Instant now) {
        Alert its = alerts.get(before.alertId());
        if (its == null) {
            throw new IllegalStateException("alert " + before.alertId() + " of a known event was not laid");
        }
        boolean wasUnregistered = before.trust() == Trust.UNREGISTERED;
        if (its.flood()) {
            return takeNew(event, event.id().alertId(), now);
        }
        if (its.closed() && wasUnregistered) {
            return takeNew(event, AlertIds.raisedAgainBy(event.id()), now);
        }
        boolean rings = wasUnregistered;
        return new Effect.VouchedFor(event, its.vouchedFor(event, rings, now), rings);
    }

    private Effect takeNew(CriticalEvent event, UUID newId, Instant now) {
        OnTest test = onTest.get(event.serial());
        if (test != null && test.covers(event, now)) {
            return takeTest(event, newId, test.until(), now);
        }
        UUID open = openOfUnit.get(event.serial());
        if (open != null) {
            return new Effect.Joined(event, alertNamed(open).joined(event, now));
        }
        if (event.trust().doubtful()) {
            UUID flood = openFlood.get(event.trust());
            if (flood != null && floodSerials.getOrDefault(flood, Set.of()).contains(event.serial())) {
                return new Effect.Flooded(event, alertNamed(flood).flooded(false, now), false, false);
            }
            boolean tooMany = doubtful.flood(event);
            doubtful.add(new DoubtfulSerials.Sighting(event.trust(), event.serial(), event.acceptedAt()));
            if (tooMany) {
                return takeFlooded(event, flood, now);
            }
        }
        openOfUnit.put(event.serial(), newId);
        return new Effect.Raised(event, Alert.raised(newId, event, null, now));
    }

    private Effect takeTest(CriticalEvent event, UUID newId, Instant until, Instant now) {
        UUID open = openTestOfUnit.get(event.serial());
        if (open != null) {
            Alert joined = alertNamed(open).joined(event, now);
            return new Effect.Joined(
                    event, joined.withTest(joined.matter().test().extendedTo(until)));
        }
        openTestOfUnit.put(event.serial(), newId);
        return new Effect.Raised(event, Alert.raised(newId, event, new Matter.Test(until, until), now));
    }

    private Effect takeFlooded(CriticalEvent event, @Nullable UUID open, Instant now) {
        Alert flood = open != null
                ? alertNamed(open).flooded(true, now)
                : Alert.flood(AlertIds.floodOf(event.id()), event, now);
        openFlood.put(event.trust(), flood.id());
        layFloodSerial(flood.id(), event.serial());
        return new Effect.Flooded(event, flood, open == null, true);
    }

    private Alert alertNamed(UUID id) {
        return alerts.get(id);
    }
}
