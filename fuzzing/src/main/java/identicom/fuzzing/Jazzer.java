package identicom.fuzzing;

import com.code_intelligence.jazzer.sanitizers.Constants;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Jazzer in a process of its own, on the class path of this one. Its sanitizers (for SQL, LDAP, templates and the like) are left out:
 * nothing here calls what they watch, and they take most of its start. All it writes is below {@code folder}.
 */
final class Jazzer implements AutoCloseable {
    private static final String INSTRUMENTED =
            "identicom.**:org.apache.commons.csv.**:io.netty.handler.codec.haproxy.**";
    private static final int LONGEST_INPUT = 2_048;
    private static final int HANGS_AFTER_S = 60;

    private final Path folder;
    private final Path output;
    private final Process process;

    /** @param corpus what to begin with; what reaches something new is added */
    private Jazzer(Path folder, Path corpus, Plan plan, List<FuzzTarget> targets, List<String> options)
            throws IOException {
        this.folder = folder;
        this.output = folder.resolve("output");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.io.tmpdir=" + folder,
                "-Dlogback.configurationFile=identicom/fuzzing/silent-logback.xml",
                "-D" + Selected.TARGETS + "=" + Selected.names(targets)));
        if (plan.isShort()) {
            command.add("-XX:TieredStopAtLevel=1");
        }
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + Selected.class.getName(),
                "--instrumentation_includes=" + INSTRUMENTED,
                "--instrumentation_excludes=" + Selected.class.getPackageName() + ".**",
                "--disabled_hooks=" + String.join(":", Constants.SANITIZER_HOOK_NAMES),
                "--reproducer_path=" + folder,
                "-artifact_prefix=" + folder + File.separator,
                "-max_len=" + LONGEST_INPUT,
                "-timeout=" + HANGS_AFTER_S,
                "-rss_limit_mb=0",
                "-print_final_stats=1"));
        command.addAll(options);
        command.add(corpus.toString());
        this.process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    /** Starts worker {@code number} of the plan. */
    static Jazzer fuzzing(Path folder, Path corpus, Plan plan, List<FuzzTarget> targets, int number)
            throws IOException {
        List<String> options = new ArrayList<>(plan.options());
        if (plan.seconds() > 0) {
            options.add("-max_total_time=" + plan.seconds());
        }
        if (plan.runs() > 0) {
            options.add("-runs=" + plan.runsOf(number));
        }
        return new Jazzer(folder, corpus, plan, targets, options);
    }

    /** Waits for its end. @throws AssertionError it found something, or did not work */
    void await(List<FuzzTarget> targets) throws IOException, InterruptedException {
        if (process.waitFor() == 0) {
            return;
        }
        StringBuilder report = new StringBuilder("Jazzer ended with ").append(process.exitValue());
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Jazzer::isFinding).toList()) {
                report.append("\n\n").append(file.getFileName()).append(" of ").append(Selected.names(targets));
                report.append(":\n").append(Corpus.line(Files.readAllBytes(file)));
            }
        }
        throw new AssertionError(report.append("\n\n").append(told()).toString());
    }

    /** How often it called a target. */
    long executions() throws IOException {
        return said().filter(line -> line.startsWith("stat::number_of_executed_units:"))
                .mapToLong(line ->
                        Long.parseLong(line.substring(line.indexOf(':', 6) + 1).strip()))
                .findFirst()
                .orElse(0);
    }

    /** Its last line of progress: what was covered. */
    String covered() throws IOException {
        return said().filter(line -> line.contains(" cov: ")).reduce("", (before, line) -> line.strip());
    }

    /** What it said, without its progress. */
    private String told() throws IOException {
        return String.join("\n", said().filter(line -> !line.startsWith("#")).toList());
    }

    private Stream<String> said() throws IOException {
        return new String(Files.readAllBytes(output), StandardCharsets.UTF_8).lines();
    }

    private static boolean isFinding(Path file) {
        return file.getFileName().toString().matches("(crash|timeout|oom|leak)-.*");
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }
}
