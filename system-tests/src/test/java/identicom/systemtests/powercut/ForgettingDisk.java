package identicom.systemtests.powercut;

import identicom.systemtests.harness.Installed;
import identicom.testing.TestFolders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A disk below one folder that forgets at a cut what was written and not synced: {@code powercut.c}, compiled by this machine's gcc. What it
 * sees, and what not, stands there.
 */
final class ForgettingDisk implements AutoCloseable {
    private static final Path SOURCE = Path.of("src", "test", "c", "powercut.c").toAbsolutePath();
    private static final String IGNORED = "POWERCUT_IGNORE_SYNC";

    /** Flushing counts everywhere again. */
    static final Map<String, String> FLUSHING_ON = Map.of(IGNORED, "");

    private final Path folder = Files.createTempDirectory("identicom-powercut-");
    private final Path library = folder.resolve("powercut.so");
    private final Path restore = folder.resolve("powercut-restore");
    private final Path journals = folder.resolve("journals");
    private final Path root;

    /** Where there is no gcc the test is skipped, and fails where the environment says {@code CI}. @param root the folder of the disk */
    ForgettingDisk(Path root) throws IOException, InterruptedException {
        this.root = root.toRealPath();
        Path gcc = Installed.program("gcc", "/usr/bin/gcc");
        run(List.of(gcc.toString(), "-O2", "-Wall", "-Wextra", "-shared", "-fPIC", "-o", library.toString()));
        run(List.of(gcc.toString(), "-O2", "-Wall", "-Wextra", "-DRESTORE", "-o", restore.toString()));
        // for PostgreSQL, which may run as somebody else
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectory(journals);
        Files.setPosixFilePermissions(journals, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    private static void run(List<String> compiler) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(compiler);
        command.add(SOURCE.toString());
        output(command);
    }

    /** What a process is started with whose files, and whose children's files, are on this disk. */
    Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD",
                library.toString(),
                "POWERCUT_ROOT",
                root.toString(),
                "POWERCUT_JOURNALS",
                journals.toString());
    }

    /** The same for processes whose syncs of files with this text in their path are acknowledged and do nothing. */
    static Map<String, String> flushingOffIn(String path) {
        return Map.of(IGNORED, path);
    }

    /** Forgets; every process that wrote there was killed. Returns how much, for a person. */
    String forget() throws IOException, InterruptedException {
        return output(List.of(restore.toString(), root.toString(), journals.toString()));
    }

    /** All that was written is on the disk now, synced or not; nothing writes there. */
    void writeBack() throws IOException {
        try (Stream<Path> found = Files.list(journals)) {
            for (Path journal : found.toList()) {
                Files.delete(journal);
            }
        }
    }

    /** Whether something was written below the root since the last cut. */
    boolean written() throws IOException {
        try (Stream<Path> found = Files.list(journals)) {
            return found.findAny().isPresent();
        }
    }

    private static String output(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IOException(command + ": " + output);
        }
        return output;
    }

    @Override
    public void close() {
        TestFolders.remove(folder);
    }
}
