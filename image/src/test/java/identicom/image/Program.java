package identicom.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A process; what it prints is kept. */
final class Program implements AutoCloseable {
    /** A runtime without class data of its own, on a machine that does other things too. */
    private static final long LIMIT_SECONDS = 180;

    private final Process process;
    private final Path out;
    private final Path err;

    private Program(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    static Program start(Path scratch, List<String> command) throws IOException {
        Path out = Files.createTempFile(scratch, "out-", ".txt");
        Path err = Files.createTempFile(scratch, "err-", ".txt");
        return new Program(
                new ProcessBuilder(command)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start(),
                out,
                err);
    }

    /** Returns what matched on standard output. */
    Matcher awaitOutput(Pattern pattern) throws IOException {
        try {
            Awaitility.await()
                    .atMost(LIMIT_SECONDS, TimeUnit.SECONDS)
                    .until(() -> !process.isAlive() || pattern.matcher(out()).find());
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("it goes on without " + pattern + ":\n" + out() + err(), e);
        }
        Matcher matcher = pattern.matcher(out());
        if (!matcher.find()) {
            throw new AssertionError("it ended without " + pattern + ":\n" + err());
        }
        return matcher;
    }

    /** Its exit code. */
    int awaitExit() throws IOException, InterruptedException {
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("it still runs:\n" + err());
        }
        return process.exitValue();
    }

    /** SIGTERM. */
    int stop() throws IOException, InterruptedException {
        process.destroy();
        return awaitExit();
    }

    Process process() {
        return process;
    }

    String out() throws IOException {
        return Files.readString(out, StandardCharsets.UTF_8);
    }

    String err() throws IOException {
        return Files.readString(err, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
