package identicom.systemtests;

import identicom.simulator.unit.SimulatedUnit;
import identicom.systemtests.harness.Chromium;
import identicom.systemtests.harness.Desk;
import identicom.systemtests.harness.RunningSystem;
import identicom.wire.event.StandardEvent;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A whole system, a browser to look at it, and an administrator: made before the first test of a class, gone after its last. */
abstract class ControlRoomSystem {
    static Chromium chromium;
    static RunningSystem system;
    static Desk desk;

    @BeforeAll
    static void start() throws Exception {
        chromium = Chromium.start();
        system = RunningSystem.start(RunningSystem.PATIENT);
        desk = Desk.administrator(system);
    }

    @AfterAll
    static void stop() throws Exception {
        if (system != null) {
            system.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    static SimulatedUnit commissioned(String serial, String wearer) throws Exception {
        desk.introduce(serial, wearer, Map.of("phone", "+44 1632 960961", "site", "Pit 4"));
        return new SimulatedUnit(serial, "4.2.1", 7);
    }

    /** The unit logs the event and dials in. */
    static void call(SimulatedUnit unit, StandardEvent event) throws Exception {
        unit.log(event, Instant.now());
        try (DialIn session = DialIn.of(unit, system, 1400)) {
            session.toItsEnd((request, dialIn) -> {});
        }
    }
}
