package identicom.systemtests.backing;

import identicom.embedded.Postgres;
import identicom.systemtests.harness.Installed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * The newest PostgreSQL of this machine, with its own pg_dump and pg_restore: these refuse a server that is newer than they are, and the
 * programs that standalone carries along have none.
 */
public final class InstalledPostgres {
    private static final int NEWEST = 30;
    private static final int OLDEST = 15;
    private static final long LIMIT_S = 240;

    private final Path bin;

    private InstalledPostgres(Path bin) {
        this.bin = bin;
    }

    /** Where there is none, or one too old, the test is skipped, and fails where the environment says {@code CI}. */
    public static InstalledPostgres find() {
        String[] places = IntStream.iterate(NEWEST, version -> version >= OLDEST, version -> version - 1)
                .mapToObj("/usr/lib/postgresql/%d/bin/postgres"::formatted)
                .toArray(String[]::new);
        return new InstalledPostgres(Installed.program("postgresql", places).resolveSibling("."));
    }

    /** A server of it with everything in this folder. */
    Postgres.Options options(Path directory) throws IOException {
        Path programs = Files.createDirectories(directory).resolve("programs");
        if (!Files.exists(programs)) {
            Files.createDirectory(programs);
            Files.createSymbolicLink(programs.resolve("bin"), bin.toRealPath());
            Files.createFile(programs.resolve("complete")); // nothing is to be unpacked there
        }
        return new Postgres.Options(directory, 0, programs);
    }

    /** {@code pg_dump} of the whole database. */
    void dump(Postgres server, Path file) throws IOException, InterruptedException {
        run(server, "pg_dump", List.of("--format=custom", "--file=" + file));
    }

    /** {@code pg_restore} into a database that is empty; owners and rights are left to migrate. */
    void restore(Path dump, Postgres server) throws IOException, InterruptedException {
        run(
                server,
                "pg_restore",
                List.of("--no-owner", "--no-privileges", "--exit-on-error", "--dbname=postgres", dump.toString()));
    }

    private void run(Postgres server, String tool, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                bin.resolve(tool).toString(),
                "--host=127.0.0.1",
                "--port=" + server.port(),
                "--username=" + server.user(),
                "--no-password"));
        command.addAll(arguments);
        Path said = Files.createTempFile("identicom-" + tool, ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().put("PGPASSWORD", server.password());
        builder.environment().put("PGDATABASE", "postgres");
        Process process = builder.start();
        try {
            if (!process.waitFor(LIMIT_S, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(
                        command + " failed, or took more than " + LIMIT_S + " s:\n" + Files.readString(said));
            }
        } finally {
            process.destroyForcibly();
            Files.delete(said);
        }
    }
}
