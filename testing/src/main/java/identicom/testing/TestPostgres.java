package identicom.testing;

import identicom.embedded.Postgres;
import java.io.IOException;
import java.nio.file.Path;

/** A real PostgreSQL for tests: its own process, in a folder below {@code target} that is removed when it is closed. */
public final class TestPostgres implements AutoCloseable {
    private static final Holder<TestPostgres> SHARED = new Holder<>(TestPostgres::start);

    private final Postgres server;
    private final Path folder;

    private TestPostgres(Postgres server, Path folder) {
        this.server = server;
        this.folder = folder;
    }

    /** One that belongs to the caller. */
    public static TestPostgres start() {
        try {
            Path folder = TestFolders.fresh("postgres");
            return new TestPostgres(
                    Postgres.start(Postgres.Options.in(folder).withBinariesBelow(TestFolders.cache())), folder);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The one that all tests of this JVM share; it ends with the JVM, and closing it is nobody's business. */
    public static TestPostgres shared() {
        return SHARED.get();
    }

    public String jdbcUrl() {
        return server.jdbcUrl();
    }

    public String jdbcUrl(String database) {
        return server.jdbcUrl(database);
    }

    public String user() {
        return server.user();
    }

    public String password() {
        return server.password();
    }

    /** The server itself, for tests that kill or restart it. */
    public Postgres server() {
        return server;
    }

    @Override
    public void close() {
        server.close();
        TestFolders.remove(folder);
    }
}
