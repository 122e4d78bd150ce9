package identicom.systemtests.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import identicom.simulator.unit.Entry;
import identicom.simulator.unit.Journal;
import identicom.systemtests.harness.Desk;
import identicom.wire.event.EventCatalogue;
import identicom.wire.event.EventClass;
import identicom.wire.message.EventEntry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;

/**
 * What units know of themselves against what the system tells about them. One checker for every test:
 *
 * <ul>
 *   <li>every event that a unit was told to delete is stored, byte for byte,
 *   <li>every other one is stored or still on its unit,
 *   <li>no event is stored twice, and none that no unit logged,
 *   <li>each unit with a stored critical event has exactly one alert, and no other unit has one,
 *   <li>each stored critical event is in its unit's alert, once (no unit of these clears a man-down, which would be there too),
 *   <li>every picture that a unit was told to delete is stored once, whole, and byte for byte what its unit took,
 *   <li>every other one is stored or still on its unit, and none is stored that no unit took,
 *   <li>a command was carried out at most once, as it was asked, by the unit that was asked, and is told as done or failed if it was.
 * </ul>
 */
public final class Ledger {
    private static final Duration STORING = Duration.ofSeconds(180);

    private final List<Journal> journals;
    private final Duration storing;
    private final Instant since;

    public Ledger(List<Journal> journals) {
        this(journals, STORING);
    }

    /** @param storing so long the system may take until what was deleted is stored */
    public Ledger(List<Journal> journals, Duration storing) {
        this(journals, storing, Instant.EPOCH);
    }

    /** @param since before which these units logged and took nothing: what is older is not asked for */
    public Ledger(List<Journal> journals, Duration storing, Instant since) {
        this.journals = List.copyOf(journals);
        this.storing = storing;
        this.since = since;
    }

    /** Waits until the event log has what it must have, then checks everything. */
    public void check(Desk desk) throws IOException, InterruptedException {
        Set<StoredEvent> deleted = all(Journal::deleted);
        Eventually.holds(storing, () -> none("deleted, but not stored", missing(deleted, stored(desk))));
        events(desk);
        alerts(desk);
        if (journals.stream().anyMatch(journal -> !journal.pictures().isEmpty())) {
            new PictureLedger(journals, storing, since).check(desk);
        }
        if (journals.stream().anyMatch(journal -> !journal.commands().isEmpty())) {
            new CommandLedger(journals).check(desk);
        }
    }

    private void events(Desk desk) throws IOException, InterruptedException {
        List<StoredEvent> stored = stored(desk);
        Set<StoredEvent> logged = all(Journal::logged);
        Set<StoredEvent> elsewhere = all(Journal::held);
        elsewhere.addAll(all(Journal::overwritten));
        Set<StoredEvent> distinct = new HashSet<>(stored);
        assertThat(stored.size()).as("no event is stored twice").isEqualTo(distinct.size());
        assertThat(missing(distinct, logged))
                .as("stored, but logged by no unit")
                .isEmpty();
        Set<StoredEvent> gone = new HashSet<>(logged);
        gone.removeAll(elsewhere);
        gone.removeAll(distinct);
        none("neither stored nor on its unit", gone);
    }

    private void alerts(Desk desk) throws IOException, InterruptedException {
        Set<String> due = stored(desk).stream()
                .filter(event -> critical(event.event()))
                .map(StoredEvent::serial)
                .collect(Collectors.toSet());
        Eventually.holds(
                storing,
                () -> assertThat(alertsBySerial(desk).keySet())
                        .as("an alert for each unit with an emergency")
                        .containsAll(due));
        Map<String, Integer> counts = alertsBySerial(desk);
        assertThat(counts.values()).as("one alert a unit: " + counts).allMatch(count -> count == 1);
        Set<String> unasked = new HashSet<>(counts.keySet());
        unasked.removeAll(due);
        assertThat(unasked).as("alerts of units without a critical event").isEmpty();
        Map<String, Integer> emergencies = new TreeMap<>();
        stored(desk).stream()
                .filter(event -> critical(event.event()))
                .forEach(event -> emergencies.merge(event.serial(), 1, Integer::sum));
        Eventually.holds(
                storing,
                () -> assertThat(countAlerts(desk, events -> events))
                        .as("emergencies in alerts")
                        .isEqualTo(emergencies));
    }

    private Map<String, Integer> alertsBySerial(Desk desk) throws IOException, InterruptedException {
        return countAlerts(desk, events -> 1);
    }

    /** By serial. @param weight of an alert with so many events */
    private Map<String, Integer> countAlerts(Desk desk, IntUnaryOperator weight)
            throws IOException, InterruptedException {
        Set<String> ours = serials();
        Map<String, Integer> counts = new TreeMap<>();
        for (JsonNode alert : desk.all("/api/v1/alerts")) {
            String serial = alert.get("serial").asText();
            if (ours.contains(serial)) {
                counts.merge(serial, weight.applyAsInt(alert.get("eventCount").asInt()), Integer::sum);
            }
        }
        return counts;
    }

    private List<StoredEvent> stored(Desk desk) throws IOException, InterruptedException {
        Set<String> ours = serials();
        List<StoredEvent> stored = new ArrayList<>();
        for (JsonNode item : desk.events("?from=" + since
                + (ours.size() == 1 ? "&serial=" + ours.iterator().next() : ""))) {
            if (ours.contains(item.get("serial").asText())) {
                stored.add(StoredEvent.of(item));
            }
        }
        return stored;
    }

    private Set<String> serials() {
        return journals.stream().map(Journal::serial).collect(Collectors.toSet());
    }

    private Set<StoredEvent> all(Function<Journal, List<Entry>> part) {
        return journals.stream()
                .flatMap(journal -> part.apply(journal).stream()
                        .map(entry -> new StoredEvent(journal.serial(), entry.logId(), entry.event())))
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** Fails with how many there are, and the first few of them. */
    private static void none(String what, Set<StoredEvent> events) {
        assertThat(events.size())
                .as(what + ", such as " + events.stream().limit(5).toList())
                .isZero();
    }

    private static Set<StoredEvent> missing(Collection<StoredEvent> wanted, Collection<StoredEvent> there) {
        Set<StoredEvent> left = new HashSet<>(wanted);
        new HashSet<>(there).forEach(left::remove);
        return left;
    }

    static boolean critical(EventEntry event) {
        return EventCatalogue.standard().type(event.type()).eventClass() == EventClass.CRITICAL;
    }
}
