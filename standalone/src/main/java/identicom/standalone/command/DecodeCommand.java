package identicom.standalone.command;

import identicom.wire.decode.FrameReport;
import identicom.wire.frame.Direction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code identicom decode}. */
@Command(
        name = "decode",
        description = "Shows frames and their fields; where bytes are wrong, at which byte and why (then exit code 1).",
        mixinStandardHelpOptions = true)
public final class DecodeCommand implements Callable<Integer> {
    @Parameters(paramLabel = "HEX", description = "Bytes in hexadecimal; spaces are ignored.")
    private List<String> hex = List.of();

    @Option(
            names = "--file",
            paramLabel = "CAPTURE",
            description = "One direction of a connection: raw bytes, or hexadecimal with # comments.")
    private @Nullable Path file;

    @Option(
            names = "--direction",
            paramLabel = "DIR",
            description = "${COMPLETION-CANDIDATES}; by default the bytes tell.")
    private @Nullable Direction direction;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        FrameReport report = report();
        spec.commandLine().getOut().print(report.text());
        spec.commandLine().getOut().flush();
        return report.exitStatus();
    }

    private FrameReport report() {
        Optional<Direction> given = Optional.ofNullable(direction);
        if (hex.isEmpty() == (file == null)) {
            throw new ParameterException(spec.commandLine(), "decode takes either HEX or --file CAPTURE");
        }
        try {
            return file == null
                    ? FrameReport.ofHex(String.join(" ", hex), given)
                    : FrameReport.ofCapture(Files.readAllBytes(file), given);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "--file: cannot be read: " + e.getMessage(), e);
        }
    }
}
