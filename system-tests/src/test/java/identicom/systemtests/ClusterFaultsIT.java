package identicom.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import identicom.simulator.unit.Journal;
import identicom.simulator.unit.SimulatedUnit;
import identicom.systemtests.check.Ledger;
import identicom.systemtests.harness.AlertStream;
import identicom.systemtests.harness.Desk;
import identicom.systemtests.harness.RunningSystem;
import identicom.wire.event.StandardEvent;
import identicom.wire.message.DeleteEventLog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A Kafka cluster is killed, or both are; standalone starts them again after a while. */
class ClusterFaultsIT {
    /** Long enough for a session while the cluster is away. */
    private static final Map<String, String> AWAY_FOR_A_WHILE = Map.of("IDENTICOM_STANDALONE_RESTART_DELAY", "25s");

    private static final Duration ALERTED = Duration.ofSeconds(10);
    private static final Duration BACK = Duration.ofSeconds(90);

    private static RunningSystem system;
    private static Desk desk;

    @BeforeAll
    static void start() throws Exception {
        system = RunningSystem.start(AWAY_FOR_A_WHILE);
        desk = Desk.administrator(system);
    }

    @AfterAll
    static void stop() throws Exception {
        system.close();
    }

    @Test
    void withMainKilledAManDownRaisesItsAlertByPriorityAndNothingIsDeletedUntilMainIsBack() throws Exception {
        SimulatedUnit unit = commissioned("MAIN-1");
        try (AlertStream stream = desk.listen()) {
            await().until(stream::live);
            system.children().main().kill();
            unit.log(StandardEvent.MAN_DOWN, Instant.now());

            nothingIsDeleted(unit);
            onTheStream(stream, unit.serial());
            awayThenBack(stream, "kafkaMain");
            emptied(unit);

            new Ledger(List.of(unit.journal())).check(desk);
            assertThat(desk.alerts(unit.serial())).hasSize(1);
        }
    }

    @Test
    void withPriorityKilledMainCarriesAManDown() throws Exception {
        SimulatedUnit unit = commissioned("PRIO-1");
        try (AlertStream stream = desk.listen()) {
            await().until(stream::live);
            system.children().priority().kill();
            unit.log(StandardEvent.MAN_DOWN, Instant.now());

            emptied(unit);
            onTheStream(stream, unit.serial());

            new Ledger(List.of(unit.journal())).check(desk);
            awayThenBack(stream, "kafkaPriority");
        }
    }

    @Test
    void withBothKilledTheUnitKeepsItsLog() throws Exception {
        SimulatedUnit unit = commissioned("BOTH-1");
        unit.log(StandardEvent.MAN_DOWN, Instant.now());
        try (AlertStream stream = desk.listen()) {
            await().until(stream::live);
            system.children().main().kill();
            system.children().priority().kill();

            nothingIsDeleted(unit);
            assertThat(unit.journal().held()).isEqualTo(unit.journal().logged());
            awayThenBack(stream, "kafkaMain", "kafkaPriority");
        }
        emptied(unit);

        new Ledger(List.of(unit.journal())).check(desk);
    }

    private static void nothingIsDeleted(SimulatedUnit unit) throws Exception {
        try (DialIn session = DialIn.of(unit, system, 1400)) {
            session.toItsEnd((request, dialIn) -> assertThat(request).isNotInstanceOf(DeleteEventLog.class));
        }
        Journal journal = unit.journal();
        assertThat(journal.deleted()).isEmpty();
    }

    private static void onTheStream(AlertStream stream, String serial) {
        await().atMost(ALERTED).until(() -> stream.first(serial, alert -> true).isPresent());
    }

    /** The unit dials in until its log is empty. */
    private static void emptied(SimulatedUnit unit) {
        DialIn.untilEmpty(unit, system, 1400, (request, dialIn) -> {});
    }

    /** Waits until the system has said that the clusters were away, then until it says that all are back. */
    private static void awayThenBack(AlertStream sinceBefore, String... parts) {
        for (String part : parts) {
            await(part + " is away").atMost(BACK).until(() -> heard(sinceBefore, part, false));
        }
        for (String part : parts) {
            await(part + " is back").atMost(BACK).until(() -> lastSays(sinceBefore, part));
        }
    }

    private static boolean heard(AlertStream stream, String part, boolean up) {
        return heartbeats(stream).stream().anyMatch(heartbeat -> up(heartbeat.get(part)) == up);
    }

    private static boolean lastSays(AlertStream stream, String part) {
        List<JsonNode> heartbeats = heartbeats(stream);
        return !heartbeats.isEmpty() && up(heartbeats.getLast().get(part));
    }

    private static List<JsonNode> heartbeats(AlertStream stream) {
        return stream.heard().stream()
                .filter(heard -> heard.event().equals("heartbeat"))
                .map(AlertStream.Heard::data)
                .toList();
    }

    private static boolean up(JsonNode state) {
        return state.asBoolean() || state.asText().equals("up");
    }

    private static SimulatedUnit commissioned(String serial) throws Exception {
        desk.commission(List.of(serial));
        SimulatedUnit unit = new SimulatedUnit(serial, "4.2.1", serial.hashCode());
        for (int i = 0; i < 20; i++) {
            unit.log(StandardEvent.STATUS_CHECK, Instant.now());
        }
        return unit;
    }
}
