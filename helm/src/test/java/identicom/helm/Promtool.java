package identicom.helm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Prometheus's own checker of rules, as Debian's package {@code prometheus} has it. */
final class Promtool {
    private static final long LIMIT_SECONDS = 180;

    private final Path program;

    private Promtool(Path program) {
        this.program = program;
    }

    /** @param output both of its streams, as they came */
    record Said(int exitCode, String output) {}

    /** The one on the {@code PATH}; empty: there is none. */
    static Optional<Promtool> onThePath() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "promtool"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Promtool::new);
    }

    /** Runs it in that folder. */
    Said run(Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(folder, "promtool", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException(String.join(" ", command) + " did not end within " + LIMIT_SECONDS + " s: "
                        + Files.readString(output));
            }
            return new Said(process.exitValue(), Files.readString(output));
        } finally {
            process.destroyForcibly();
        }
    }
}
