package identicom.systemtests.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import identicom.simulator.unit.CarriedOut;
import identicom.simulator.unit.Journal;
import identicom.systemtests.harness.Desk;
import identicom.wire.codec.Instructions;
import identicom.wire.message.Command;
import identicom.wire.message.Instruction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The commands' part of the {@link Ledger}. To be asked when none is queued or sent any more. */
final class CommandLedger {
    private final List<Journal> journals;

    CommandLedger(List<Journal> journals) {
        this.journals = journals;
    }

    void check(Desk desk) throws IOException, InterruptedException {
        for (Journal journal : journals) {
            check(journal.serial(), journal.commands(), desk.all("/api/v1/units/" + journal.serial() + "/commands"));
        }
    }

    private static void check(String serial, List<CarriedOut> carriedOut, List<JsonNode> told) {
        Map<Long, JsonNode> asked = new HashMap<>();
        told.forEach(command -> asked.put(command.get("ticket").asLong(), command));
        Set<Long> done = new HashSet<>();
        for (CarriedOut command : carriedOut) {
            assertThat(done.add(command.ticket()))
                    .as("%s carried it out once: %s", serial, command)
                    .isTrue();
            assertThat(asked)
                    .as("%s was asked what it carried out: %s", serial, command)
                    .containsKey(command.ticket());
            check(serial, command, asked.get(command.ticket()));
        }
        List<JsonNode> invented = new ArrayList<>(told);
        invented.removeIf(command -> !isOver(command.get("state").asText())
                || done.contains(command.get("ticket").asLong()));
        assertThat(invented)
                .as("told as done or failed, but not carried out by %s", serial)
                .isEmpty();
    }

    private static boolean isOver(String state) {
        return state.equals("done") || state.equals("failed");
    }

    private static void check(String serial, CarriedOut command, JsonNode asked) {
        String state = asked.get("state").asText();
        boolean takenBack =
                state.equals("cancelled") && asked.path("cancelledAt").isTextual();
        assertThat(takenBack || state.equals(command.status() == 0 ? "done" : "failed"))
                .as("state of what %s carried out: %s is told as %s", serial, command, state)
                .isTrue();
        Instructions.Reading read =
                Instructions.read(new Command(command.ticket(), command.opcode(), command.arguments()));
        assertThat(read).isInstanceOf(Instructions.Reading.Understood.class);
        JsonNode arguments = asked.get("arguments");
        String as = asked.get("command").asText();
        boolean same = switch (((Instructions.Reading.Understood) read).instruction()) {
            case Instruction.SetCheckInInterval(int minutes) ->
                as.equals("set-check-in-interval") && arguments.path("minutes").asInt() == minutes;
            case Instruction.ShowMessage(String text) ->
                as.equals("show-message") && arguments.path("text").asText().equals(text);
            case Instruction.TakePicture i -> as.equals("take-picture");
            case Instruction.ReportPosition i -> as.equals("report-position");
            case Instruction.SetClock i -> as.equals("set-clock");
            case Instruction.FirmwareBegin i -> false;
            case Instruction.FirmwareBlock i -> false;
            case Instruction.FirmwareCommit i -> false;
        };
        assertThat(same)
                .as("%s carried out what was asked: %s, not %s", serial, asked, command)
                .isTrue();
    }
}
