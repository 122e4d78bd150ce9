package identicom.systemtests.harness;

import identicom.testing.TestFolders;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * {@code standalone} as a process of its own on ports and in a folder that nobody else has. It can be ended in any way and
 * started again on the same data and ports. What it prints is kept.
 */
public final class RunningSystem implements Served, AutoCloseable {
    public static final String ADMIN_PASSWORD = "correct-horse-battery";

    /** For a machine that may be busy: the database has longer to say whether it knows a serial. */
    public static final Map<String, String> PATIENT = Map.of("IDENTICOM_RECEIVER_WHITELIST_LOOKUP_LIMIT", "10s");

    private static final Pattern READY = Pattern.compile("identicom ready units=(\\S+):(\\d+) http=(\\S+):(\\d+)");
    private static final int HEAP_MB = 768;
    private static final Duration START_LIMIT = Duration.ofSeconds(240);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(40);

    private final Path data;
    private final List<String> arguments;
    private final Map<String, String> environment;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private Process process;
    private long launchedAtNanos;
    private InetSocketAddress units;
    private InetSocketAddress http;

    private RunningSystem(Path data, List<String> arguments, Map<String, String> environment)
            throws IOException, InterruptedException {
        this.data = data;
        this.arguments = arguments;
        this.environment = new HashMap<>(environment);
        this.process = launch(0, 0);
        Matcher ready = awaitReady();
        this.units = new InetSocketAddress(ready.group(1), Integer.parseInt(ready.group(2)));
        this.http = new InetSocketAddress(ready.group(3), Integer.parseInt(ready.group(4)));
    }

    /** A new system in a new folder; returns when it is ready. */
    public static RunningSystem start() throws IOException, InterruptedException {
        return start(Map.of());
    }

    /**
     * @param environment configuration beside ports, data folder and the administrator's password
     */
    public static RunningSystem start(Map<String, String> environment) throws IOException, InterruptedException {
        return startIn(folder(), environment);
    }

    /** The same in a folder that is there, and is removed in the end. */
    public static RunningSystem startIn(Path data, Map<String, String> environment)
            throws IOException, InterruptedException {
        return new RunningSystem(data, List.of("standalone"), environment);
    }

    private static Path folder() throws IOException {
        return Files.createTempDirectory("identicom-system-");
    }

    /** A new system in a new folder, with a demonstration of so many units. */
    public static RunningSystem demo(int demonstrated) throws IOException, InterruptedException {
        return new RunningSystem(folder(), List.of("demo", "--units", Integer.toString(demonstrated)), Map.of());
    }

    /** Where units dial in. */
    public InetSocketAddress units() {
        return units;
    }

    @Override
    public URI http(String path) {
        return URI.create("http://" + http.getHostString() + ":" + http.getPort() + path);
    }

    /** Of the program itself, whose children have others. */
    public long pid() {
        return process.pid();
    }

    /** The brokers and the database. */
    public Children children() {
        return new Children(data);
    }

    /** When it was started last, by {@link System#nanoTime}. */
    public long launchedAtNanos() {
        return launchedAtNanos;
    }

    /** Every line printed since the first start. */
    public List<String> output() {
        return List.copyOf(output);
    }

    /** SIGKILL. Its children are left to themselves. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** All its processes, its children's included, end in the same instant: none goes on after another has ended. */
    public void cutOff() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-s", "STOP", Long.toString(process.pid()))
                .start()
                .waitFor();
        Children children = children();
        // twice: the database's first process may have started another while the first ones were looked for
        children.all().freeze();
        children.all().freeze();
        children.killAll();
        kill();
        Awaitility.await("its processes are gone").until(() -> !children.any());
    }

    /** SIGTERM; returns when it has ended, and how. */
    public int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("still running " + STOP_LIMIT.toSeconds() + " s after SIGTERM");
        }
        return process.exitValue();
    }

    /** Starts it again on the same data and ports, after it ended; returns when it is ready. */
    public void restart() throws IOException, InterruptedException {
        restartWith(Map.of());
    }

    /** The same, with something in its configuration that was not there before, or otherwise. */
    public void restartWith(Map<String, String> more) throws IOException, InterruptedException {
        environment.putAll(more);
        process = launch(units.getPort(), http.getPort());
        awaitReady();
    }

    /** Ends it for good and at once, with everything it left; {@link #stop} is for a test of how it ends. */
    @Override
    public void close() throws IOException {
        try {
            kill();
            Children children = children();
            children.killAll();
            Awaitility.await("its processes are gone").until(() -> !children.any());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the system was stopping", interrupted);
        }
        TestFolders.remove(data);
    }

    private Process launch(int unitsPort, int httpPort) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(BuiltTree.command(HEAP_MB, arguments)).redirectErrorStream(true);
        Map<String, String> env = builder.environment();
        env.keySet().removeIf(name -> name.startsWith("IDENTICOM_"));
        env.put("IDENTICOM_UNITS_PORT", Integer.toString(unitsPort));
        env.put("IDENTICOM_HTTP_PORT", Integer.toString(httpPort));
        env.put("IDENTICOM_DATA", data.toString());
        env.put("IDENTICOM_ADMIN_PASSWORD", ADMIN_PASSWORD);
        env.putAll(environment);
        launchedAtNanos = System.nanoTime();
        return builder.start();
    }

    private Matcher awaitReady() throws IOException, InterruptedException {
        Process started = process;
        CompletableFuture<Matcher> ready = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("system-output").start(() -> read(started, ready));
        try {
            return ready.get(START_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            kill();
            throw new IOException("standalone did not get ready:\n" + String.join("\n", output), failed);
        }
    }

    private void read(Process from, CompletableFuture<Matcher> ready) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(from.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
                Matcher matcher = READY.matcher(line);
                if (matcher.find()) {
                    ready.complete(matcher);
                }
            }
            ready.completeExceptionally(new IOException("it ended"));
        } catch (IOException | UncheckedIOException ended) {
            ready.completeExceptionally(ended);
        }
    }
}
