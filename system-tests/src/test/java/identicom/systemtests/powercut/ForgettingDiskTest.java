package identicom.systemtests.powercut;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk that forgets, by programs of a few lines. */
class ForgettingDiskTest {
    private static final int ACKNOWLEDGED = 2_000;

    @TempDir
    Path temporary;

    private Path root;
    private ForgettingDisk disk;

    @BeforeEach
    void make() throws Exception {
        root = Files.createDirectory(temporary.resolve("root"));
        disk = new ForgettingDisk(root);
    }

    @AfterEach
    void remove() {
        disk.close();
    }

    @Test
    void aFileIsAsAtItsLastSync() throws Exception {
        shell(
                Map.of(),
                "echo synced > appended; sync appended; echo more >> appended",
                "echo 0123456789 > overwritten; sync overwritten",
                "printf xx | dd of=overwritten bs=1 seek=4 conv=notrunc status=none",
                "echo 0123456789 > cut; sync cut; truncate -s 3 cut; truncate -s 20 cut",
                "echo long > replaced; sync replaced; echo s > replaced",
                "echo twice > twice; sync twice; echo forgotten > twice; echo again > twice; sync twice");

        disk.forget();

        assertThat(text("appended")).isEqualTo("synced\n");
        assertThat(text("overwritten")).isEqualTo("0123456789\n");
        assertThat(text("cut")).isEqualTo("0123456789\n");
        assertThat(text("replaced")).isEqualTo("long\n");
        assertThat(text("twice")).isEqualTo("again\n");
    }

    @Test
    void whatWasNeverSyncedIsEmptyUnderItsLastName() throws Exception {
        shell(
                Map.of(),
                "echo never > never",
                "echo new > state.new; mv state.new state",
                "echo synced > source; sync source; cp source copy",
                "echo old > removed; sync removed; rm removed; echo new > afterwards");

        disk.forget();

        assertThat(List.of(text("never"), text("state"), text("copy"), text("afterwards")))
                .containsOnly("");
        assertThat(text("source")).isEqualTo("synced\n");
        assertThat(root.resolve("removed")).doesNotExist();
    }

    @Test
    void whatIsElsewhereStaysAndACutIsOver() throws Exception {
        shell(Map.of(), "echo out > ../elsewhere", "echo never > never");
        assertThat(disk.written()).isTrue();
        disk.forget();
        assertThat(disk.written()).isFalse();
        Files.writeString(root.resolve("never"), "written after the cut");

        assertThat(disk.forget()).isEqualTo("0 changes of 0 files");

        assertThat(temporary.resolve("elsewhere")).content().isEqualTo("out\n");
        assertThat(text("never")).isEqualTo("written after the cut");
    }

    @Test
    void whereFlushingIsOffASyncKeepsNothing() throws Exception {
        shell(ForgettingDisk.flushingOffIn("/off"), "echo a > off; sync off", "echo a > on; sync on");

        disk.forget();

        assertThat(text("off")).isEmpty();
        assertThat(text("on")).isEqualTo("a\n");
    }

    @Test
    void whatThreadsOfAJavaProgramForcedIsThereWhileOthersWriteTheSameFile() throws Exception {
        long[] acknowledged = acknowledgedUntilKilled(Map.of());

        disk.forget();

        byte[] content = Files.readAllBytes(root.resolve("file"));
        for (int writer = 0; writer < Acknowledging.WRITERS; writer++) {
            assertThat(Acknowledging.value(content, writer)).isGreaterThanOrEqualTo(acknowledged[writer]);
        }
        assertThat(root.resolve("never-forced")).isEmptyFile();
    }

    @Test
    void whatThreadsOfAJavaProgramForcedInVainIsForgotten() throws Exception {
        acknowledgedUntilKilled(ForgettingDisk.flushingOffIn("/file"));

        disk.forget();

        assertThat(root.resolve("file")).isEmptyFile();
    }

    /** @return the last number that each writer acknowledged */
    private long[] acknowledgedUntilKilled(Map<String, String> more) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        Path.of("target", "test-classes").toAbsolutePath().toString(),
                        Acknowledging.class.getName(),
                        root.resolve("file").toString())
                .redirectError(new File("/dev/null"));
        builder.environment().putAll(disk.environment());
        builder.environment().putAll(more);
        Process process = builder.start();
        long[] acknowledged = new long[Acknowledging.WRITERS];
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (int i = 0; i < ACKNOWLEDGED; i++) {
                String line = lines.readLine();
                assertThat(line).as("it runs").isNotNull();
                String[] words = line.split(" ");
                acknowledged[Integer.parseInt(words[0])] = Long.parseLong(words[1]);
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        return acknowledged;
    }

    private void shell(Map<String, String> more, String... lines) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-e", "-c", String.join("\n", lines))
                .directory(root.toFile())
                .redirectErrorStream(true);
        builder.environment().putAll(disk.environment());
        builder.environment().putAll(more);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private String text(String file) throws IOException {
        return Files.readString(root.resolve(file));
    }
}
