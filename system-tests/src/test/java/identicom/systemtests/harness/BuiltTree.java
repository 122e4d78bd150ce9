package identicom.systemtests.harness;

import identicom.testing.TestFolders;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The program as {@code ./identicom} starts it from a built tree: with what makes a start short. Made once for all tests of a build,
 * which takes half a minute; the processes in which tests run wait for one another.
 */
final class BuiltTree {
    private static final Path MODULE =
            Path.of("..", "standalone", "target").toAbsolutePath().normalize();
    private static final Path PREPARED = Path.of("target", "prepared").toAbsolutePath();
    private static final Path CLASSES = PREPARED.resolve("identicom.aot");
    private static final Path JAR = MODULE.resolve("standalone-1.0.0-SNAPSHOT.jar");
    private static final long MAKING_LIMIT_S = 600;
    private static final int PREPARING_MB = 768;

    /** How the program's JVM compiles: as outside of tests, or as pays for a program that lives for a minute or two. */
    private static final String COMPILER = System.getProperty("identicom.compiler", "-XX:+TieredCompilation");

    private static boolean made;

    private BuiltTree() {}

    /** What starts the program with these arguments. @param heapMb the most that it may take, in MiB */
    static List<String> command(int heapMb, List<String> arguments) throws IOException, InterruptedException {
        return command(heapMb, List.of(), arguments);
    }

    /** The same, with something more at the end of its class path. */
    static synchronized List<String> command(int heapMb, List<Path> more, List<String> arguments)
            throws IOException, InterruptedException {
        if (!made) {
            make();
            made = true;
        }
        return java(heapMb, "-XX:AOTCache=" + CLASSES, more, arguments);
    }

    private static void make() throws IOException, InterruptedException {
        Files.createDirectories(PREPARED.getParent());
        Path lock = PREPARED.resolveSibling("prepared.lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock();
            if (!newerThanTheProgram(CLASSES)) {
                makeAlone();
            }
        }
    }

    private static boolean newerThanTheProgram(Path file) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        FileTime made = Files.getLastModifiedTime(file);
        try (Stream<Path> jars = Stream.concat(Stream.of(JAR), Files.list(MODULE.resolve("lib")))) {
            for (Path jar : jars.toList()) {
                if (Files.getLastModifiedTime(jar).compareTo(made) >= 0) {
                    return false;
                }
            }
        }
        return true;
    }

    private static void makeAlone() throws IOException, InterruptedException {
        Files.createDirectories(PREPARED);
        TestFolders.remove(PREPARED);
        Files.createDirectories(PREPARED);
        File log = PREPARED.resolve("prepare.log").toFile();
        List<String> arguments = List.of("prepare", PREPARED.toString());
        ProcessBuilder builder =
                new ProcessBuilder(java(PREPARING_MB, "-XX:AOTCacheOutput=" + CLASSES, List.of(), arguments));
        builder.environment().keySet().removeIf(name -> name.startsWith("IDENTICOM_"));
        Process process = builder.redirectErrorStream(true).redirectOutput(log).start();
        if (!process.waitFor(MAKING_LIMIT_S, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("what makes a start short could not be made; " + log + " says why");
        }
    }

    private static List<String> java(int heapMb, String classes, List<Path> more, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-Xmx" + heapMb + "m",
                "-XX:+UseSerialGC",
                COMPILER,
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Xlog:cds=off",
                "-Xlog:aot=off",
                classes,
                "-Didenticom.prepared=" + PREPARED,
                "-cp",
                JAR + ":" + MODULE.resolve("lib") + "/*"
                        + more.stream().map(path -> ":" + path).collect(Collectors.joining()),
                "identicom.standalone.Identicom"));
        command.addAll(arguments);
        return command;
    }
}
