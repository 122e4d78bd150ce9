package identicom.schema.erasure;

import identicom.embedded.Postgres;
import identicom.schema.DatabaseSchema;
import identicom.schema.Migrations;
import identicom.schema.Migrations.Admin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.Map;

/** A real PostgreSQL that gives each test a database with every schema in it. */
final class MigratedServer implements AutoCloseable {
    private static final String MIGRATED = "migrated";

    private final Postgres server;
    private int databases;

    private MigratedServer(Postgres server) {
        this.server = server;
    }

    static MigratedServer start() throws Exception {
        Path parts = Files.createDirectories(Path.of("target", "test-parts"));
        MigratedServer started =
                new MigratedServer(Postgres.start(Postgres.Options.in(Files.createTempDirectory(parts, "postgres-"))
                        .withBinariesBelow(parts)));
        started.create(MIGRATED, "template0");
        Map<DatabaseSchema, String> passwords = new EnumMap<>(DatabaseSchema.class);
        for (DatabaseSchema schema : DatabaseSchema.values()) {
            passwords.put(schema, "a role's");
        }
        Migrations.migrate(Migrations.Plan.oneDatabase(started.admin(MIGRATED), passwords, "whitelist's"), line -> {});
        return started;
    }

    Admin newDatabase() throws SQLException {
        String name = "copy_" + ++databases;
        create(name, MIGRATED);
        return admin(name);
    }

    private Admin admin(String database) {
        return new Admin(server.jdbcUrl(database), server.user(), server.password());
    }

    private void create(String name, String template) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name + " template " + template);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
