package identicom.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder of an embedded PostgreSQL: {@code data} (made by initdb, whole or not at all), {@code password} (readable by its owner only),
 * {@code start.log}.
 */
final class PostgresFolder {
    static final String SUPERUSER = "postgres";
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final String MAJOR_VERSION = "17";
    private static final Duration PREDECESSOR_WAIT = Duration.ofSeconds(20);
    private static final Duration INITDB_LIMIT = Duration.ofSeconds(120);
    private static final int PASSWORD_BYTES = 24;

    private final Path directory;
    private final Path binaries;
    private final PostgresAccount account;

    PostgresFolder(Path directory, Path binaries, PostgresAccount account) {
        this.directory = directory;
        this.binaries = binaries;
        this.account = account;
    }

    Path data() {
        return directory.resolve("data");
    }

    Path startLog() {
        return directory.resolve("start.log");
    }

    String password() throws IOException {
        return Files.readString(directory.resolve("password"), StandardCharsets.UTF_8);
    }

    /** Runs initdb at the first start; later refuses data of another major version. */
    void initialise() throws IOException, InterruptedException {
        if (Files.exists(data())) {
            String version = Files.readString(data().resolve("PG_VERSION")).strip();
            if (!version.equals(MAJOR_VERSION)) {
                throw new IOException(data() + " is of PostgreSQL " + version + " (expected: " + MAJOR_VERSION + ")");
            }
            return;
        }
        Path made = directory.resolve("data.new");
        deleteTree(made);
        Files.createDirectory(made);
        account.own(made);
        Path passwordFile = writePassword();
        Path forInitdb = directory.resolve("password.initdb");
        Files.deleteIfExists(forInitdb);
        Files.writeString(Files.createFile(forInitdb, OWNER_ONLY), Files.readString(passwordFile));
        account.own(forInitdb);
        try {
            initdb(made, forInitdb);
        } finally {
            Files.deleteIfExists(forInitdb);
        }
        Files.move(made, data(), StandardCopyOption.ATOMIC_MOVE);
    }

    private void initdb(Path made, Path passwordFile) throws IOException, InterruptedException {
        ChildProcess initdb = ChildProcess.start(
                account.terms(directory, binaries),
                List.of(
                        binaries.resolve("bin/initdb").toString(),
                        "--pgdata=" + made,
                        "--username=" + SUPERUSER,
                        "--pwfile=" + passwordFile,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C",
                        "--data-checksums"),
                directory,
                startLog());
        initdb.awaitLine("Success.");
        if (!initdb.awaitExit(INITDB_LIMIT) || initdb.exitValue() != 0) {
            initdb.kill();
            throw new IOException("initdb failed in " + made + ":\n" + Tail.of(startLog()));
        }
    }

    private Path writePassword() throws IOException {
        Path file = directory.resolve("password");
        Files.deleteIfExists(file);
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        Files.createFile(file, OWNER_ONLY);
        return Files.writeString(
                file, HexFormat.of().formatHex(random), StandardOpenOption.WRITE, StandardOpenOption.DSYNC);
    }

    /** Waits for the server of an earlier start to leave; removes the pid file of one that is gone. */
    void awaitPredecessor() throws IOException, InterruptedException {
        Instant deadline = Instant.now().plus(PREDECESSOR_WAIT);
        Optional<Long> predecessor = predecessor();
        while (predecessor.isPresent() && Instant.now().isBefore(deadline)) {
            Thread.sleep(50);
            predecessor = predecessor();
        }
        if (predecessor.isPresent()) {
            throw new IOException("a PostgreSQL of an earlier start (process " + predecessor.get()
                    + ") is still running in " + data());
        }
        Files.deleteIfExists(pidFile());
    }

    private Path pidFile() {
        return data().resolve("postmaster.pid");
    }

    /** The pid in the pid file, if that process runs in our data folder: any other has only inherited the number. */
    private Optional<Long> predecessor() throws IOException {
        if (!Files.exists(pidFile())) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(pidFile());
        if (lines.isEmpty() || !lines.getFirst().strip().matches("\\d{1,9}")) {
            return Optional.empty();
        }
        long pid = Long.parseLong(lines.getFirst().strip());
        try {
            Path cwd = Files.readSymbolicLink(Path.of("/proc/" + pid + "/cwd"));
            return cwd.equals(data().toRealPath()) ? Optional.of(pid) : Optional.empty();
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** Whether the server says of itself that it takes connections. */
    boolean ready() throws IOException {
        if (!Files.exists(pidFile())) {
            return false;
        }
        List<String> lines = Files.readAllLines(pidFile());
        return lines.size() >= 8 && lines.get(7).strip().equals("ready");
    }

    private static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> found = Files.walk(root)) {
            for (Path path : found.toList().reversed()) {
                Files.delete(path);
            }
        }
    }
}
