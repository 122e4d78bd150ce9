package identicom.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A real PostgreSQL in a process of its own that dies with this one, with fsync on, on 127.0.0.1 only and behind a random password. Started
 * by root it runs as nobody.
 */
public final class Postgres implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_GRACE = Duration.ofSeconds(10);
    private static final int START_TRIES = 3;
    /** What a server says that finds processes of one that was killed. They leave as soon as they look up from their work. */
    private static final String CHILDREN_LEFT = "shared memory block";

    private static final Duration CHILDREN_WAIT = Duration.ofSeconds(30);
    private static final String VERSION = "17.11.0";

    private final ChildProcess process;
    private final Options options;
    private final String password;

    private Postgres(ChildProcess process, Options options, String password) {
        this.process = process;
        this.options = options;
        this.password = password;
    }

    /**
     * What a server is started with.
     *
     * @param directory the folder that holds everything of it
     * @param port the port on 127.0.0.1; 0 picks a free one
     * @param binaries where the programs are unpacked; may be shared by several servers
     */
    public record Options(Path directory, int port, Path binaries) {
        public static Options in(Path directory) {
            return new Options(directory, 0, directory.resolve("postgresql-" + VERSION));
        }

        /** Programs in {@code folder}, where other servers find them too. */
        public Options withBinariesBelow(Path folder) {
            return new Options(directory, port, folder.resolve("postgresql-" + VERSION));
        }

        /** Whether the programs lie there already, whole. */
        public boolean unpacked() {
            return PostgresBinaries.unpacked(binaries);
        }

        /** Unpacks the programs, unless they lie there already. */
        public void unpack() throws IOException {
            PostgresBinaries.unpack(binaries);
        }

        public Options withPort(int port) {
            return new Options(directory, port, binaries);
        }
    }

    /**
     * Starts the server and waits until it takes connections. One of an earlier start that is still leaving the folder is waited for.
     *
     * @throws IOException with the end of the server's own output when it does not start
     */
    public static Postgres start(Options given) throws IOException, InterruptedException {
        Options options = new Options(
                given.directory().toAbsolutePath(),
                given.port(),
                given.binaries().toAbsolutePath());
        if (options.port() != 0 && !Ports.isFree(options.port())) {
            throw new IOException("port " + options.port() + " on 127.0.0.1 is in use");
        }
        Files.createDirectories(options.directory());
        PostgresAccount account = new PostgresAccount();
        PostgresFolder folder = new PostgresFolder(options.directory(), options.binaries(), account);
        options.unpack();
        folder.initialise();
        Instant childrenGone = Instant.now().plus(CHILDREN_WAIT);
        int failed = 0;
        while (true) {
            folder.awaitPredecessor();
            Options chosen = options.withPort(Ports.orFree(options.port()));
            ChildProcess process = ChildProcess.start(
                    account.terms(options.directory(), options.binaries()),
                    command(chosen, folder),
                    options.directory(),
                    folder.startLog());
            if (awaitReady(process, folder)) {
                return new Postgres(process, chosen, folder.password());
            }
            process.kill();
            String said = Tail.of(folder.startLog());
            if (said.contains(CHILDREN_LEFT) && Instant.now().isBefore(childrenGone)) {
                Thread.sleep(100);
            } else if (++failed == START_TRIES) {
                throw new IOException("PostgreSQL in " + options.directory() + " did not start:\n" + said);
            }
        }
    }

    private static List<String> command(Options options, PostgresFolder folder) {
        return List.of(
                options.binaries().resolve("bin/postgres").toString(),
                "-D",
                folder.data().toString(),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "port=" + options.port(),
                "-c",
                "unix_socket_directories=",
                "-c",
                "max_connections=100",
                "-c",
                "shared_buffers=64MB",
                "-c",
                "fsync=on",
                "-c",
                "timezone=UTC",
                "-c",
                "log_timezone=UTC",
                "-c",
                "log_min_messages=warning",
                "-c",
                "logging_collector=on",
                "-c",
                "log_filename=postgresql-%H.log",
                "-c",
                "log_rotation_age=60",
                "-c",
                "log_truncate_on_rotation=on");
    }

    private static boolean awaitReady(ChildProcess process, PostgresFolder folder)
            throws IOException, InterruptedException {
        Instant deadline = Instant.now().plus(START_LIMIT);
        while (process.isAlive() && Instant.now().isBefore(deadline)) {
            if (folder.ready()) {
                return true;
            }
            Thread.sleep(20);
        }
        return false;
    }

    public String jdbcUrl() {
        return jdbcUrl("postgres");
    }

    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + options.port() + "/" + database;
    }

    public String user() {
        return PostgresFolder.SUPERUSER;
    }

    public String password() {
        return password;
    }

    public int port() {
        return options.port();
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Completes when the server's process has ended, for whatever reason. */
    public CompletableFuture<Void> onExit() {
        return process.onExit();
    }

    /** Starts it again in the same folder and on the same port, after it ended. */
    public Postgres restart() throws IOException, InterruptedException {
        return start(options);
    }

    /** {@code kill -9}, and waits until the server's first process is gone; its others follow by themselves. */
    public void kill() throws InterruptedException {
        process.kill();
    }

    /** Stops it cleanly: open connections are cut, everything committed is on disk. */
    @Override
    public void close() {
        process.stop("INT", STOP_GRACE);
    }
}
