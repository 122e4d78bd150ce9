package identicom.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

class OrphanTest {
    @TempDir
    Path folder;

    @Test
    void noChildIsLeftTenSecondsAfterItsParentWasKilled() throws Exception {
        noneLeftAfterKill(List.of(), folder, System.getProperty("java.class.path"));
    }

    @Test
    @EnabledIfSystemProperty(
            named = "user.name",
            matches = "root",
            disabledReason = "only root can become another user")
    void norWhereAnOrdinaryUserStartedIt() throws Exception {
        Files.setAttribute(folder, "unix:uid", 65534);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        noneLeftAfterKill(
                List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"), folder, readableClassPath());
    }

    @Test
    @EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "only root passes such a folder")
    void norBelowAFolderThatOnlyRootMayEnter() throws Exception {
        Path inner = Files.createDirectories(folder.resolve("private/inner"));
        Files.setPosixFilePermissions(folder.resolve("private"), PosixFilePermissions.fromString("rwx------"));
        noneLeftAfterKill(List.of(), inner, System.getProperty("java.class.path"));
    }

    private void noneLeftAfterKill(List<String> as, Path data, String classPath) throws Exception {
        List<Long> first = startAndKill(as, data, classPath);
        await().untilAsserted(() ->
                assertThat(first.stream().filter(OrphanTest::runs)).isEmpty());
        List<Long> second = startAndKill(as, data, classPath);
        await().untilAsserted(() ->
                assertThat(second.stream().filter(OrphanTest::runs)).isEmpty());
    }

    /** The jars stand in root's home, where nobody else may look. */
    private String readableClassPath() throws IOException {
        Path copies = Files.createDirectory(folder.resolve("jars"));
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry).toAbsolutePath();
            entries.add(
                    (entry.endsWith(".jar") ? Files.copy(path, copies.resolve(path.getFileName())) : path).toString());
        }
        return String.join(File.pathSeparator, entries);
    }

    /** All processes below the parent at the moment it is killed. */
    private List<Long> startAndKill(List<String> as, Path data, String classPath)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(as);
        command.addAll(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                classPath,
                ParentMain.class.getName(),
                data.toString(),
                data.resolve("programs").toString()));
        Process parent =
                new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
        try (BufferedReader reader = parent.inputReader()) {
            String pids = reader.readLine();
            assertThat(pids).as("pids of broker and server").matches("\\d+ \\d+");
            List<Long> children = parent.descendants().map(ProcessHandle::pid).toList();
            assertThat(children)
                    .containsAll(Stream.of(pids.split(" ")).map(Long::valueOf).toList());
            return children;
        } finally {
            parent.destroyForcibly().waitFor();
        }
    }

    private static boolean runs(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
