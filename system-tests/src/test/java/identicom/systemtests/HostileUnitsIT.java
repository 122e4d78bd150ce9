package identicom.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import identicom.simulator.fleet.Fleet;
import identicom.simulator.fleet.FleetOptions;
import identicom.simulator.fleet.Scenario;
import identicom.simulator.fleet.Serials;
import identicom.simulator.raw.RawUnit;
import identicom.simulator.unit.Redial;
import identicom.simulator.unit.SimulatedUnit;
import identicom.systemtests.check.Ledger;
import identicom.systemtests.harness.AlertStream;
import identicom.systemtests.harness.Desk;
import identicom.systemtests.harness.RunningSystem;
import identicom.wire.codec.MessageEncoder;
import identicom.wire.event.StandardEvent;
import identicom.wire.message.EventLogDeleted;
import identicom.wire.message.FromUnit;
import identicom.wire.message.Identification;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each wrong thing a peer can do ends its own connection, is counted by kind, and disturbs nobody else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileUnitsIT {
    private static final Duration ENDS = Duration.ofSeconds(60);
    private static final String FAULTS = "identicom_receiver_faults_total";
    private static final String MISSTEPS = "identicom_receiver_missteps_total";
    private static final String ENDED = "identicom_receiver_sessions_ended_total";
    private static final String KNOWN = "HOST-1";
    private static final Redial QUICK =
            new Redial(Duration.ofMillis(500), Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(30));

    private RunningSystem system;
    private Desk desk;
    private Fleet others;

    /** What is sent, and the counter that must move. */
    record Hostile(String name, byte[] bytes, String meter, String label) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Hostile> hostile() {
        String identification = hex(new Identification(KNOWN, "4.2.1"));
        return Stream.of(
                fault("a wrong first byte", "00", "no-frame-start"),
                fault("plain text", "474554202f", "no-frame-start"),
                fault("a bad escape", "1e811d00", "bad-escape"),
                fault("a frame that ends in an escape", "1e811d1e", "bad-escape"),
                fault("an escape as type", "1e1d", "control-as-type"),
                fault("an over-long frame", "1e82" + "00".repeat(1_025), "frame-too-long"),
                fault("an identification too short", "1e81001e", "wrong-length"),
                fault(
                        "a log of a length that no entries have",
                        identification + "1e82000000000000001e",
                        "wrong-length"),
                fault("the wrong direction", "1e02000000001e", "wrong-direction"),
                fault("an unknown type", "1e771e", "unknown-type"),
                fault("a serial in small letters", "1e81" + "61".repeat(12) + "00".repeat(6) + "1e", "bad-serial"),
                fault("garbage between frames", identification + "55aa55", "no-frame-start"),
                fault("remaining entries and none there", identification + "1e82010000001e", "remaining-without-entry"),
                fault(
                        "entries of the same sequence",
                        identification + "1e8200000000" + ("01000000" + "00".repeat(16)).repeat(2) + "1e",
                        "entries-not-ascending"),
                misstep("a log before any identification", "1e82000000001e", "first-frame"),
                misstep(
                        "another serial in the same session",
                        identification + hex(new Identification("HOST-2", "4.2.1")),
                        "identification-changed"),
                misstep("an answer to nothing", identification + hex(new EventLogDeleted(7)), "not-asked"),
                new Hostile("silence", new byte[0], ENDED, "reason=\"not-identified\""));
    }

    @BeforeAll
    void start() throws Exception {
        system = RunningSystem.start(RunningSystem.PATIENT);
        desk = Desk.administrator(system);
        FleetOptions options = new FleetOptions(
                system.units(), 20, "GOOD-", 30, 0, QUICK.interval(), Duration.ofDays(1), 8, 0, Duration.ofMillis(20));
        desk.commission(Serials.of(options));
        desk.commission(List.of(KNOWN, "HOST-2"));
        others = Fleet.start(Scenario.of(options).withRedial(QUICK));
        await().atMost(ENDS).until(() -> others.summary().deleted() > 0);
    }

    @AfterAll
    void otherSessionsNeverNoticedAndTheLogHasNoStackTrace() throws Exception {
        try (RunningSystem ending = system;
                Fleet fleet = others) {
            fleet.quiet();
            await().atMost(Duration.ofSeconds(120)).until(fleet::empty);
            assertThat(fleet.summary().failures()).as(fleet.summary().text()).isZero();
            new Ledger(fleet.journals()).check(desk);
            assertThat(ending.output()).noneMatch(line -> line.matches("\\s+at [\\w.$/]+\\(.*\\).*"));
            assertThat(ending.output()).noneMatch(line -> line.contains("stack_trace"));
        }
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void endsTheConnectionAndIsCounted(Hostile hostile) throws Exception {
        double before = desk.meter(hostile.meter(), hostile.label());
        try (RawUnit raw = RawUnit.dial(system.units())) {
            raw.send(hostile.bytes());
            raw.untilEnd(ENDS);
        }
        await().atMost(ENDS)
                .untilAsserted(() ->
                        assertThat(desk.meter(hostile.meter(), hostile.label())).isEqualTo(before + 1));
    }

    @Test
    void anUnknownSerialGetsNoByteAndItsManDownReachesAnOperatorOnly() throws Exception {
        SimulatedUnit unknown = new SimulatedUnit("NOBODY-1", "4.2.1", 1);
        unknown.log(StandardEvent.MAN_DOWN, Instant.now());
        try (AlertStream stream = desk.listen();
                RawUnit raw = RawUnit.dial(system.units())) {
            await().until(stream::live);
            raw.send(unknown.identification());
            await("the station has the first segment")
                    .atMost(ENDS)
                    .until(() -> desk.meter("identicom_receiver_verdicts_total", "standing=\"unregistered\"") > 0);
            raw.send(unknown.push().orElseThrow());

            assertThat(raw.untilEnd(ENDS)).as("messages to an unknown unit").isZero();
            await().atMost(ENDS)
                    .until(() -> stream.first("NOBODY-1", alert -> true).isPresent());
            JsonNode alert = stream.first("NOBODY-1", a -> true).orElseThrow().data();
            assertThat(alert.get("kind").asText()).isEqualTo("unregistered-unit");
            assertThat(alert.get("trust").asText()).isEqualTo("unregistered");
        }
        assertThat(desk.events("?serial=NOBODY-1")).isEmpty();
    }

    private static Hostile fault(String name, String hex, String kind) {
        return new Hostile(name, HexFormat.of().parseHex(hex), FAULTS, "kind=\"" + kind + "\"");
    }

    private static Hostile misstep(String name, String hex, String kind) {
        return new Hostile(name, HexFormat.of().parseHex(hex), MISSTEPS, "kind=\"" + kind + "\"");
    }

    private static String hex(FromUnit message) {
        return HexFormat.of().formatHex(MessageEncoder.frame(message));
    }
}
