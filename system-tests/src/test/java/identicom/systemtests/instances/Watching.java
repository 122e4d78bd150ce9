package identicom.systemtests.instances;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import identicom.systemtests.harness.AlertStream;
import identicom.systemtests.harness.AlertStream.Heard;
import identicom.systemtests.harness.Desk;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a person sees of falls and pictures, and when first: on the screen, in the event log, in the lists of units and pictures. */
final class Watching implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watching.class);

    /** {@code session.timeout.ms} of every consumer, and what may come on top: the rebalance, reading, storing, asking. */
    static final Duration TAKEN_OVER = Duration.ofSeconds(6 + 9);

    /** From the fall to the screen, whoever died. */
    private static final Duration SHOWN = Duration.ofSeconds(5);

    private final AlertStream screen;
    private final FirstSeen events;
    private final FirstSeen units;
    private final FirstSeen pictures;

    /** @param site of the units that fall */
    Watching(Desk person, String site) throws IOException, InterruptedException {
        screen = person.listen();
        events = new FirstSeen(() -> serials(person.events("?type=3b"), event -> true));
        units = new FirstSeen(() -> serials(
                person.all("/api/v1/units?site=" + site),
                unit -> !unit.get("lastSeen").isNull()));
        pictures = new FirstSeen(() -> serials(
                person.all("/api/v1/pictures"),
                picture -> picture.get("state").asText().equals("complete")));
    }

    boolean live() {
        return screen.live();
    }

    /** Those of them whose alerts are stored. */
    Set<String> raised(Set<String> serials) {
        Set<String> raised = new HashSet<>(serials);
        raised.removeIf(serial -> screen.first(serial, Watching::isStored).isEmpty());
        return raised;
    }

    /** Waits until all that happened around the kill was seen, and checks that it was in time. */
    void check(Handover handover, Map<String, Long> fallen, Map<String, Long> taken) {
        Duration shown = handover.longest("on the screen", fallen, on(alert -> true));
        Duration alert = handover.longest("an alert", fallen, on(Watching::isStored));
        Duration event = handover.longest("in the event log", fallen, events::of);
        Duration seen = handover.longest("last seen", fallen, units::of);
        Duration picture = handover.longest("a picture", taken, pictures::of);
        LOG.info(
                "the longest after the kill: on the screen {}, alert {}, event {}, last seen {}, picture {}",
                shown,
                alert,
                event,
                seen,
                picture);
        assertThat(shown).isLessThan(SHOWN);
        assertThat(List.of(alert, event, seen, picture)).allMatch(one -> one.compareTo(TAKEN_OVER) < 0);
    }

    private Function<String, OptionalLong> on(Predicate<JsonNode> fits) {
        return serial ->
                screen.first(serial, fits).stream().mapToLong(Heard::atNanos).findFirst();
    }

    private static boolean isStored(JsonNode alert) {
        return !alert.path("stored").asText().equals("false");
    }

    private static Collection<String> serials(List<JsonNode> items, Predicate<JsonNode> fits) {
        return items.stream()
                .filter(fits)
                .map(item -> item.get("serial").asText())
                .toList();
    }

    @Override
    public void close() {
        events.close();
        units.close();
        pictures.close();
        screen.close();
    }
}
