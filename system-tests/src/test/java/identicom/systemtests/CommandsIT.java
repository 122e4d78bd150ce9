package identicom.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import identicom.simulator.unit.CarriedOut;
import identicom.simulator.unit.SimulatedUnit;
import identicom.systemtests.check.Ledger;
import identicom.systemtests.harness.Desk;
import identicom.systemtests.harness.RunningSystem;
import identicom.wire.event.StandardEvent;
import identicom.wire.message.Command;
import identicom.wire.message.ToUnit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedSystem.class)
class CommandsIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void eachKindIsDoneOnceAndThePictureThatWasAskedForIsStored(RunningSystem system, Desk desk) throws Exception {
        SimulatedUnit unit = unit(desk, "CMD-ALL");
        unit.log(StandardEvent.STATUS_CHECK, Instant.now());
        long picture = ask(desk, unit, Map.of("command", "take-picture"));
        ask(desk, unit, Map.of("command", "report-position"));
        ask(desk, unit, Map.of("command", "set-check-in-interval", "arguments", Map.of("minutes", 15)));
        ask(desk, unit, Map.of("command", "show-message", "arguments", Map.of("text", "Call in }~")));
        long clock = ask(desk, unit, Map.of("command", "set-clock"));
        Instant before = Instant.now();

        untilDone(unit, system, desk);
        DialIn.untilEmpty(unit, system, 7, (request, session) -> {});

        assertThat(unit.checkInInterval()).contains(Duration.ofMinutes(15));
        assertThat(unit.message()).isEqualTo("Call in }~");
        assertThat(unit.journal().commands()).extracting(CarriedOut::opcode).containsExactly(2, 3, 1, 4, 5);
        int taken = unit.journal().pictures().getFirst().number();
        assertThat(command(desk, picture).at("/result/picture").asInt()).isEqualTo(taken);
        assertThat(Instant.parse(command(desk, clock).at("/result/clockBefore").asText()))
                .isBetween(before.minusSeconds(1), Instant.now());
        await().atMost(SOON)
                .until(() -> desk.all("/api/v1/pictures?serial=CMD-ALL").stream()
                        .anyMatch(one -> one.get("picture").asInt() == taken
                                && one.get("state").asText().equals("complete")));
        new Ledger(List.of(unit.journal())).check(desk);
        assertThat(desk.events("?serial=CMD-ALL&type=21")).hasSize(1);
    }

    @Test
    void aCommandWhoseAnswerIsLostIsSentAgainAndDoneOnce(RunningSystem system, Desk desk) throws Exception {
        SimulatedUnit unit = unit(desk, "CMD-CUT");
        long ticket = ask(desk, unit, Map.of("command", "report-position"));
        untilCutBehind(unit, system);
        await().atMost(SOON).until(() -> state(desk, ticket).equals("sent"));

        untilDone(unit, system, desk);
        DialIn.untilEmpty(unit, system, 1400, (request, session) -> {});

        assertThat(unit.journal().commands()).hasSize(1);
        assertThat(unit.loggedCount()).isEqualTo(1);
        new Ledger(List.of(unit.journal())).check(desk);
    }

    @Test
    void aCommandThatWasTakenBackIsNotSent(RunningSystem system, Desk desk) throws Exception {
        SimulatedUnit unit = unit(desk, "CMD-BACK");
        long taken = ask(desk, unit, Map.of("command", "take-picture"));
        assertThat(desk.send("DELETE", "/api/v1/commands/" + taken, "application/json", "")
                        .status())
                .isEqualTo(200);
        ask(desk, unit, Map.of("command", "show-message", "arguments", Map.of("text", "all is well")));

        untilDone(unit, system, desk);

        assertThat(state(desk, taken)).isEqualTo("cancelled");
        assertThat(unit.journal().commands()).extracting(CarriedOut::opcode).containsExactly(4);
    }

    private static SimulatedUnit unit(Desk desk, String serial) throws Exception {
        desk.commission(List.of(serial));
        return new SimulatedUnit(serial, "4.2.1", 4);
    }

    private static long ask(Desk desk, SimulatedUnit unit, Map<String, Object> command) throws Exception {
        Desk.Answer answer = desk.post("/api/v1/units/" + unit.serial() + "/commands", command);
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        return answer.json().get("ticket").asLong();
    }

    private static JsonNode command(Desk desk, long ticket) throws Exception {
        return desk.get("/api/v1/commands/" + ticket).json();
    }

    private static String state(Desk desk, long ticket) throws Exception {
        return command(desk, ticket).get("state").asText();
    }

    /** Dials in until nothing waits for it. */
    private static void untilDone(SimulatedUnit unit, RunningSystem system, Desk desk) {
        await().atMost(SOON).until(() -> {
            try (DialIn session = DialIn.of(unit, system, 1400)) {
                session.toItsEnd((request, ahead) -> {});
            }
            return desk.nothingWaitsFor(unit.serial());
        });
    }

    /** Dials in until it is sent a command, does it, and is cut off before its answer leaves it. */
    private static void untilCutBehind(SimulatedUnit unit, RunningSystem system) {
        await().atMost(SOON).until(() -> {
            try (DialIn session = DialIn.of(unit, system, 1400)) {
                return cutBehind(unit, session);
            }
        });
    }

    private static boolean cutBehind(SimulatedUnit unit, DialIn session) throws Exception {
        Optional<ToUnit> request = session.next();
        while (request.isPresent() && !(request.get() instanceof Command)) {
            session.answer(request.get());
            request = session.next();
        }
        request.ifPresent(unit::answer);
        session.raw().reset();
        return request.isPresent();
    }
}
