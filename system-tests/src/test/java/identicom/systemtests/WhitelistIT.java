package identicom.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import identicom.simulator.unit.SimulatedUnit;
import identicom.systemtests.check.Ledger;
import identicom.systemtests.harness.AlertStream;
import identicom.systemtests.harness.Desk;
import identicom.systemtests.harness.RunningSystem;
import identicom.wire.event.StandardEvent;
import identicom.wire.message.DeleteEventLog;
import identicom.wire.message.ReadEventLog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who is served: commissioned and decommissioned units, and the last known list when nobody can be asked. */
class WhitelistIT {
    private static final Duration EFFECTIVE = Duration.ofSeconds(1);
    private static final Map<String, String> CHILDREN_STAY_AWAY = Map.of(
            "IDENTICOM_STANDALONE_RESTART_CHILDREN", "false", "IDENTICOM_RECEIVER_WHITELIST_LOOKUP_LIMIT", "10s");

    @Test
    void aUnitCommissionedJustNowIsServedAndOneDecommissionedIsNotServedASecondLater() throws Exception {
        try (RunningSystem system = RunningSystem.start(CHILDREN_STAY_AWAY)) {
            Desk desk = Desk.administrator(system);
            DialIn.untilEmpty(fresh("FIRST", desk), system, 1400, (request, session) -> {});
            List<SimulatedUnit> units = IntStream.range(0, 20)
                    .mapToObj(i -> new SimulatedUnit("NOW-" + i, "4.2.1", i))
                    .toList();
            for (SimulatedUnit unit : units) {
                unit.log(StandardEvent.STATUS_CHECK, Instant.now());
                put(desk, unit, "commissioned");
                assertThat(served(unit, system))
                        .as("served at its first dial-in")
                        .isTrue();
                assertThat(unit.empty()).isTrue();
            }
            SimulatedUnit leaving = units.getFirst();
            put(desk, leaving, "decommissioned");
            long decommissioned = System.nanoTime();
            await().until(() -> System.nanoTime() - decommissioned > EFFECTIVE.toNanos());
            assertThat(served(leaving, system))
                    .as("served a second after it was decommissioned")
                    .isFalse();

            SimulatedUnit known = units.getLast();
            aKnownUnitIsServedFromTheLastKnownList(known, system, desk);

            system.stop();
            system.restart();
            assertThat(served(known, system)).isTrue();
            new Ledger(units.stream().map(SimulatedUnit::journal).toList()).check(desk);
        }
    }

    private static void aKnownUnitIsServedFromTheLastKnownList(SimulatedUnit known, RunningSystem system, Desk desk)
            throws Exception {
        known.log(StandardEvent.MAN_DOWN, Instant.now());
        try (AlertStream stream = desk.listen()) {
            await().until(stream::live);
            system.children().main().kill();
            system.children().database().kill();

            try (DialIn session = DialIn.of(known, system, 1400)) {
                session.toItsEnd((request, dialIn) -> assertThat(request).isNotInstanceOf(DeleteEventLog.class));
                assertThat(session.requests()).first().isEqualTo(new ReadEventLog(0));
            }
            await().until(() -> stream.first(
                            known.serial(), alert -> alert.get("trust").asText().equals("whitelisted"))
                    .isPresent());
        }
    }

    /** The very first one waits for connections that are being made; what is promised is promised of those after it. */
    private static SimulatedUnit fresh(String serial, Desk desk) throws Exception {
        SimulatedUnit unit = new SimulatedUnit(serial, "4.2.1", serial.hashCode());
        unit.log(StandardEvent.STATUS_CHECK, Instant.now());
        put(desk, unit, "commissioned");
        return unit;
    }

    private static void put(Desk desk, SimulatedUnit unit, String state) throws Exception {
        assertThat(desk.put("/api/v1/units/" + unit.serial(), Map.of("state", state))
                        .status())
                .isIn(200, 201);
    }

    private static boolean served(SimulatedUnit unit, RunningSystem system) throws Exception {
        try (DialIn session = DialIn.of(unit, system, 1400)) {
            session.toItsEnd((request, dialIn) -> {});
            return !session.requests().isEmpty();
        }
    }
}
