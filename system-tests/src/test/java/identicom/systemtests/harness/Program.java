package identicom.systemtests.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One {@code identicom} command as a process of its own. What it prints is kept for when it fails. */
public final class Program implements AutoCloseable {
    private static final int HEAP_MB = 256;
    private static final long LIMIT_SECONDS = 240;

    private final Process process;
    private final List<String> output = new CopyOnWriteArrayList<>();

    private Program(Process process) {
        this.process = process;
    }

    public static Program start(Map<String, String> environment, String command)
            throws IOException, InterruptedException {
        return start(environment, command, List.of());
    }

    /** The same, of a build that has something more. @param more at the end of the class path */
    public static Program start(Map<String, String> environment, String command, List<Path> more)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(BuiltTree.command(HEAP_MB, more, List.of(command))).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("IDENTICOM_"));
        builder.environment().putAll(environment);
        return new Program(builder.start());
    }

    /** Returns when it has ended well. */
    public void awaitEnd() throws IOException, InterruptedException {
        read(Pattern.compile("$^"), new CompletableFuture<>());
        if (process.waitFor() != 0) {
            throw new IOException("exit " + process.exitValue() + ":\n" + String.join("\n", output));
        }
    }

    /** Returns what matched in the first line that has it. */
    public Matcher awaitLine(Pattern pattern) throws IOException, InterruptedException {
        CompletableFuture<Matcher> found = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("program-output").start(() -> read(pattern, found));
        try {
            return found.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            kill();
            throw new IOException("it did not get ready:\n" + String.join("\n", output), e);
        }
    }

    private void read(Pattern pattern, CompletableFuture<Matcher> found) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
                Matcher matcher = pattern.matcher(line);
                if (matcher.find()) {
                    found.complete(matcher);
                }
            }
            found.completeExceptionally(new IOException("it ended"));
        } catch (IOException | UncheckedIOException e) {
            found.completeExceptionally(e);
        }
    }

    public long pid() {
        return process.pid();
    }

    /** Every line it has printed, standard error included. */
    public List<String> output() {
        return List.copyOf(output);
    }

    /** SIGTERM, without waiting for what comes of it. */
    public void terminate() {
        process.destroy();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Its exit code. @throws IllegalStateException it has not ended within four minutes */
    public int awaitExit() throws InterruptedException {
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("it still runs:\n" + String.join("\n", output));
        }
        return process.exitValue();
    }

    /** {@code kill -9}. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() throws IOException {
        try {
            kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a process was ending", e);
        }
    }
}
