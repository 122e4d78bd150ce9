package identicom.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A process that never outlives this one. It stands in a session of its own, so that Ctrl-C in the terminal does not reach it, and the
 * kernel sends it a signal when this process ends, {@code kill -9} included.
 *
 * <p>The kernel ties that signal to the <em>thread</em> that forked; all children are therefore forked by one thread that lives as long as
 * the program. Between fork and the moment the signal is asked for, this process may already be gone: the shell in between looks whether its
 * parent is still the one that started it, and only then becomes the program.
 */
final class ChildProcess {
    private static final String ONLY_WITH_PARENT = "[ \"$PPID\" = \"$0\" ] && exec \"$@\"";
    private static final ExecutorService FORKER = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("child-forker").factory());

    private final Process process;

    private ChildProcess(Process process) {
        this.process = process;
    }

    /** How a child dies with its parent, and as whom it runs. */
    record Terms(String parentDeathSignal, List<String> setprivOptions) {
        static Terms sameUser(String parentDeathSignal) {
            return new Terms(parentDeathSignal, List.of());
        }
    }

    /**
     * Starts {@code command}; its standard output can be read from {@link #awaitLine}, its standard error goes to {@code errors}.
     *
     * @throws IOException when it cannot be started at all
     */
    static ChildProcess start(Terms terms, List<String> command, Path workingDirectory, Path errors)
            throws IOException {
        List<String> line = new ArrayList<>(List.of("setsid", "setpriv", "--pdeathsig", terms.parentDeathSignal()));
        line.addAll(terms.setprivOptions());
        line.addAll(List.of(
                "/bin/sh",
                "-c",
                ONLY_WITH_PARENT,
                Long.toString(ProcessHandle.current().pid())));
        line.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(workingDirectory.toFile())
                .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                .redirectError(Redirect.to(errors.toFile()));
        withoutJavaOptions(builder.environment());
        try {
            return new ChildProcess(FORKER.submit(builder::start).get());
        } catch (ExecutionException e) {
            throw new IOException(
                    "cannot start a child process (setsid and setpriv of util-linux are needed): "
                            + e.getCause().getMessage(),
                    e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while starting a child process", e);
        }
    }

    private static void withoutJavaOptions(Map<String, String> environment) {
        environment.keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        environment.put("LC_ALL", "C");
    }

    /** Waits for a line on the child's standard output that begins with {@code expected}; false when the output ended without it. */
    boolean awaitLine(String expected) throws IOException {
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = reader.readLine();
        while (line != null && !line.startsWith(expected)) {
            line = reader.readLine();
        }
        return line != null;
    }

    /** False when it is still running after {@code limit}. */
    boolean awaitExit(Duration limit) throws InterruptedException {
        return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The exit code of a child whose output has ended; kills one that goes on without any. */
    int exitValueAfterEnd() throws IOException {
        try {
            if (!awaitExit(Duration.ofSeconds(5))) {
                kill();
            }
            return exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a child process ended", e);
        }
    }

    int exitValue() {
        return process.exitValue();
    }

    /** Completes when the child has ended, for whatever reason. */
    CompletableFuture<Void> onExit() {
        return process.onExit().thenAccept(ended -> {});
    }

    /** Sends the signal named, and SIGKILL when the child has not ended within {@code grace}, or the caller cannot wait for it. */
    void stop(String signal, Duration grace) {
        try {
            signal(signal);
            if (!awaitExit(grace)) {
                kill();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** SIGKILL, and waits until the process is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    private void signal(String signal) throws InterruptedException {
        if (!process.isAlive()) {
            return;
        }
        try {
            new ProcessBuilder("/bin/sh", "-c", "kill -s \"$0\" \"$1\"", signal, Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            process.destroy();
        }
    }
}
