package identicom.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import identicom.simulator.unit.SimulatedUnit;
import identicom.systemtests.check.Ledger;
import identicom.systemtests.harness.Desk;
import identicom.systemtests.harness.RunningSystem;
import identicom.wire.event.StandardEvent;
import identicom.wire.message.DeleteEventLog;
import identicom.wire.message.ToUnit;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The same log, delivered again and again because the connection is cut before the unit hears of the delete. */
@ExtendWith(SharedSystem.class)
class CutConnectionsIT {
    private static final String SERIAL = "CUT-1";

    @Test
    void aLogDeliveredThreeTimesIsOneRowAnEventAndOneAlert(RunningSystem system, Desk desk) throws Exception {
        desk.commission(List.of(SERIAL));
        SimulatedUnit unit = new SimulatedUnit(SERIAL, "4.2.1", 4);
        for (int i = 0; i < 200; i++) {
            unit.log(StandardEvent.STATUS_CHECK, Instant.now());
        }
        unit.log(StandardEvent.MAN_DOWN, Instant.now());
        unit.log(StandardEvent.BATTERY_LOW, Instant.now());

        readToTheDeleteThenCut(unit, system);
        readToTheDeleteThenCut(unit, system);
        DialIn.untilEmpty(unit, system, 1400, (request, session) -> {});

        new Ledger(List.of(unit.journal())).check(desk);
        assertThat(desk.events("?serial=" + SERIAL)).hasSize(202);
        assertThat(desk.alerts(SERIAL))
                .singleElement()
                .satisfies(alert -> assertThat(alert.get("eventCount").asInt()).isEqualTo(1));
    }

    /** In as many sessions as it takes until a station has stored everything before one ends. */
    private static void readToTheDeleteThenCut(SimulatedUnit unit, RunningSystem system) {
        await().until(() -> {
            try (DialIn session = DialIn.of(unit, system, 1400)) {
                Optional<ToUnit> request = session.next();
                while (request.isPresent() && !(request.get() instanceof DeleteEventLog)) {
                    session.answer(request.get());
                    request = session.next();
                }
                session.raw().reset();
                return request.isPresent();
            }
        });
        assertThat(unit.journal().held()).hasSize(202);
    }
}
