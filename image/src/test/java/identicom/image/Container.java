package identicom.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * What a pod gives the programs of an image: its files as the root folder, read-only; {@code /tmp} and
 * {@code /var/lib/identicom} to write to; user 10001; no environment but the image's and what is given. The network is
 * the machine's.
 *
 * <p>Root gives it by {@code chroot}, anybody else in a user namespace.
 */
final class Container {
    static final int USER = 10001;

    /** {@code $0}: the root folder. */
    private static final String MOUNTS = """
            set -e
            mount --bind "$0" "$0"
            mount -o remount,bind,ro "$0"
            mount --rbind /proc "$0/proc"
            mount --rbind /dev "$0/dev"
            mount -t tmpfs -o mode=1777 tmpfs "$0/tmp"
            mount -t tmpfs -o mode=1777 tmpfs "$0/var/lib/identicom"
            exec "$@"
            """;

    private static final long LIMIT_SECONDS = 60;
    private static final String USER_AND_GROUP = USER + ":" + USER;

    private final Path root;
    private final List<String> environment;
    private final boolean asRoot;

    /** @param environment the image's, as {@code NAME=VALUE} */
    Container(Path root, List<String> environment) throws IOException {
        this.root = root;
        this.environment = environment;
        this.asRoot = Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }

    /** Skips the test, also where whatever else is missing fails it: a machine's kernel is not to be installed. */
    void assumePossible(Path scratch) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(mounted());
        if (!asRoot) {
            command.addAll(ownUser());
            command.add("--");
        }
        command.add("true");
        Path said = Files.createTempFile(scratch, "possible-", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly().waitFor();
        String why = Files.readString(said, StandardCharsets.UTF_8);
        Assumptions.assumeTrue(
                ended && process.exitValue() == 0,
                () -> "neither root nor this user may enter an image's files here: " + why);
    }

    /** The command line that starts this program there. @param more environment, as {@code NAME=VALUE} */
    List<String> command(List<String> more, List<String> program) {
        List<String> command = new ArrayList<>(mounted());
        command.addAll(List.of("env", "-i"));
        command.addAll(environment);
        command.addAll(more);
        if (asRoot) {
            command.addAll(
                    List.of(installed("chroot"), "--userspec=" + USER_AND_GROUP, "--groups=" + USER, root.toString()));
        } else {
            command.addAll(ownUser());
            command.addAll(List.of("--root=" + root, "--wd=/", "--"));
        }
        command.addAll(program);
        return command;
    }

    private List<String> mounted() {
        List<String> command = new ArrayList<>(List.of(installed("unshare"), "--mount"));
        if (!asRoot) {
            command.addAll(List.of("--user", "--map-root-user"));
        }
        command.addAll(List.of("--", "sh", "-c", MOUNTS, root.toString()));
        return command;
    }

    private static List<String> ownUser() {
        return List.of(installed("unshare"), "--user", "--map-user=" + USER, "--map-group=" + USER);
    }

    /** The user that a process there has for itself. */
    int userOf(Process process) throws IOException {
        Path proc = Path.of("/proc", Long.toString(process.pid()));
        try (Stream<String> lines = Files.lines(proc.resolve(asRoot ? "status" : "uid_map"))) {
            String line = lines.filter(candidate -> !asRoot || candidate.startsWith("Uid:"))
                    .findFirst()
                    .orElseThrow();
            return Integer.parseInt(line.replace("Uid:", "").strip().split("\\s+")[0]);
        }
    }

    private static String installed(String program) {
        return Stream.of("/usr/sbin", "/usr/bin", "/sbin", "/bin")
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "there is no " + program + " (expected: apt-get install util-linux coreutils)"))
                .toString();
    }
}
