package identicom.alertservice;

import static identicom.alertservice.Events.MAN_DOWN;
import static identicom.alertservice.Events.cleared;
import static identicom.alertservice.Events.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import identicom.alertservice.SseClient.Got;
import identicom.schema.Cluster;
import identicom.schema.Topic;
import identicom.schema.v1.Event;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A man-down cleared by its wearer, from its topic to the screens and the interface. */
class ManDownClearedTest {

    private static final Duration PATIENCE = ServiceFixture.PATIENCE;
    private static final Instant DOWN = Instant.ofEpochSecond(Instant.now().getEpochSecond());
    private static ServiceFixture system;

    @BeforeAll
    static void start() throws Exception {
        system = new ServiceFixture();
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    private static void manDown(String serial) throws Exception {
        Event event = event(serial, 1, MAN_DOWN, DOWN);
        system.publish(Cluster.PRIORITY, Topic.EVENTS_CRITICAL, serial, event);
        system.publish(Cluster.MAIN, Topic.EVENTS_CRITICAL, serial, event);
    }

    private static void clear(String serial, long sequence) throws Exception {
        Event event = cleared(serial, sequence, DOWN.plusSeconds(sequence));
        system.publish(Cluster.MAIN, Topic.EVENTS_HIGH, serial, event);
    }

    private static boolean shows(Got got, String serial, int events) {
        return got.alertOf(serial)
                && got.data().path("eventCount").asInt() == events
                && got.data().path("stored").asBoolean();
    }

    @Test
    void isToldInTheAlertOfWhoeverHasItAndRingsNobody() throws Exception {
        try (SseClient screen = system.stream(null)) {
            manDown("UP-1");
            Got raised = screen.await(PATIENCE, got -> shows(got, "UP-1", 1));
            String path = "/api/v1/alerts/" + raised.data().path("id").asText();
            assertThat(system.post("ann", path + "/acknowledge", "{}").statusCode())
                    .isEqualTo(200);
            clear("UP-1", 2);
            Got told = screen.await(PATIENCE, got -> shows(got, "UP-1", 2));
            assertThat(told.id()).isNotNull();

            clear("UP-1", 2);
            clear("UP-1", 3);
            screen.await(PATIENCE, got -> shows(got, "UP-1", 3));

            JsonNode alert = system.json(system.get("ann", path));
            assertThat(alert.path("events").findValuesAsText("type")).containsExactly("3c", "3c", "3b");
            assertThat(alert.path("state").asText()).isEqualTo("acknowledged");
            assertThat(alert.path("acknowledgedBy").asText()).isEqualTo("ann");
            assertThat(alert.path("rings").asInt()).isOne();
            assertThat(alert.path("reopensAt").isNull()).isTrue();
        }
    }

    @Test
    void readBeforeItsManDownItRaisesNothingAndIsToldWithIt() throws Exception {
        try (SseClient screen = system.stream(null)) {
            clear("UP-2", 2);
            await().atMost(PATIENCE)
                    .until(() ->
                            system.database().number("select count(*) from alerts.cleared where serial = 'UP-2'") == 1);
            assertThat(system.json(system.get("ann", "/api/v1/alerts?serial=UP-2"))
                            .path("items"))
                    .isEmpty();

            manDown("UP-2");

            Got raised = screen.await(PATIENCE, got -> shows(got, "UP-2", 2));
            assertThat(raised.data().path("events").findValuesAsText("type")).containsExactly("3c", "3b");
            assertThat(raised.data().path("kind").asText()).isEqualTo("man-down");
            assertThat(raised.data().path("state").asText()).isEqualTo("open");
            assertThat(raised.data().path("rings").asInt()).isOne();
        }
    }
}
