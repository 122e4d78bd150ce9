package identicom.systemtests.harness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The child processes of a standalone system, found by its data folder, whoever their parent is: brokers name it on their
 * command line, PostgreSQL's processes work in it.
 */
public final class Children {
    private final Path data;

    public Children(Path data) {
        this.data = data;
    }

    /** The broker of cluster {@code main}. */
    public Kin main() {
        return new Kin("main broker", pid -> isBroker(pid, "main"));
    }

    /** The broker of cluster {@code priority}. */
    public Kin priority() {
        return new Kin("priority broker", pid -> isBroker(pid, "priority"));
    }

    /** PostgreSQL with all its processes. */
    public Kin database() {
        return new Kin("PostgreSQL", this::isDatabase);
    }

    /** All of them. */
    Kin all() {
        return new Kin("children", this::isOurs);
    }

    /** Whether any process of this folder is left. */
    public boolean any() {
        return pids(this::isOurs).findAny().isPresent();
    }

    void killAll() throws IOException, InterruptedException {
        all().signal("KILL");
    }

    /** Processes that serve together. */
    public final class Kin {
        private final String name;
        private final Predicate<Long> member;

        private Kin(String name, Predicate<Long> member) {
            this.name = name;
            this.member = member;
        }

        /** {@code kill -9}. */
        public void kill() throws IOException, InterruptedException {
            atLeastOne(pids());
            signal("KILL");
        }

        /** Stops it where it stands, connections open, until {@link #thaw}. */
        public void freeze() throws IOException, InterruptedException {
            atLeastOne(pids());
            signal("STOP");
        }

        public void thaw() throws IOException, InterruptedException {
            signal("CONT");
        }

        public List<Long> pids() {
            return Children.pids(member).toList();
        }

        private void signal(String signal) throws IOException, InterruptedException {
            List<Long> pids = pids();
            if (!pids.isEmpty()) {
                new ProcessBuilder(Stream.concat(
                                        Stream.of("kill", "-s", signal),
                                        pids.stream().map(String::valueOf))
                                .toList())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor();
            }
        }

        private void atLeastOne(List<Long> pids) {
            if (pids.isEmpty()) {
                throw new IllegalStateException("no process of " + name + " found below " + data);
            }
        }
    }

    private boolean isBroker(long pid, String cluster) {
        String line = commandLine(pid);
        return line.contains("BrokerMain") && line.contains(data + "/") && line.contains("/kafka-" + cluster);
    }

    private boolean isDatabase(long pid) {
        return workingDirectory(pid).startsWith(data) && !commandLine(pid).contains("BrokerMain");
    }

    private boolean isOurs(long pid) {
        return pid != ProcessHandle.current().pid() && (isDatabase(pid) || isBroker(pid, ""));
    }

    private static Stream<Long> pids(Predicate<Long> member) {
        return ProcessHandle.allProcesses().map(ProcessHandle::pid).filter(member);
    }

    private static String commandLine(long pid) {
        try {
            return new String(Files.readAllBytes(Path.of("/proc/" + pid + "/cmdline")), StandardCharsets.UTF_8)
                    .replace('\0', ' ');
        } catch (IOException gone) {
            return "";
        }
    }

    private static Path workingDirectory(long pid) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/" + pid + "/cwd"));
        } catch (IOException gone) {
            return Path.of("");
        }
    }
}
