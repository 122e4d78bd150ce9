package identicom.wire.fuzz;

import static identicom.fuzzing.Invariants.holds;
import static identicom.fuzzing.Invariants.printable;

import identicom.fuzzing.FuzzTarget;
import identicom.wire.decode.FrameReport;
import identicom.wire.frame.Direction;
import java.util.Arrays;
import java.util.Optional;

/**
 * The decode command on any capture: a report, or a refusal that says where the hex is none; nothing of the capture acts on the
 * terminal.
 *
 * <pre>
 *   | direction, u8: 0 from the unit, 1 to it, else as each type says | the capture … |
 * </pre>
 */
final class ReportFuzz implements FuzzTarget {
    @Override
    public void run(byte[] input) {
        if (input.length == 0) {
            return;
        }
        Optional<Direction> direction =
                input[0] == 0 || input[0] == 1 ? Optional.of(Direction.values()[input[0]]) : Optional.empty();
        try {
            FrameReport report = FrameReport.ofCapture(Arrays.copyOfRange(input, 1, input.length), direction);
            report.text().lines().forEach(line -> printable(line, "report"));
            boolean told = report.text().lines().anyMatch(line -> line.startsWith("fault "));
            holds(report.exitStatus() == (told ? 1 : 0), "a fault that is not told");
        } catch (IllegalArgumentException noHex) {
            printable(String.valueOf(noHex.getMessage()), "refusal");
        }
    }

    @Override
    public long mostAllocated(int length) {
        return 65_536 + 8_000L * length;
    }
}
