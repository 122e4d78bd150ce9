package identicom.standalone;

import identicom.embedded.KafkaBroker;
import identicom.runtime.kafka.Clusters;
import identicom.runtime.kafka.TopicAdmin;
import identicom.schema.Cluster;
import identicom.schema.DatabaseSchema;
import identicom.schema.Migrations;
import identicom.schema.Profile;
import identicom.testing.TestPostgres;
import identicom.testing.TestTopics;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** Two real clusters of one broker each and a real PostgreSQL, migrated, and the configuration that names them. */
public final class RealParts implements AutoCloseable {
    public static final String PASSWORD = "right-password";
    private static final String MAIN_ID = "aWRlbnRpY29tLW1haW4tMA";
    private static final String PRIORITY_ID = "aWRlbnRpY29tLXByaW9yLQ";

    private KafkaBroker main;
    private final KafkaBroker priority;
    private final TestPostgres postgres = TestPostgres.start();
    private final String database;

    /** @param folder for the brokers' data */
    public RealParts(Path folder) throws IOException, SQLException {
        main = KafkaBroker.start(KafkaBroker.Options.in(folder.resolve("main")).withClusterId(MAIN_ID));
        priority = KafkaBroker.start(
                KafkaBroker.Options.in(folder.resolve("priority")).withClusterId(PRIORITY_ID));
        createTopics();
        database = newDatabase("whole", DatabaseSchema.values());
    }

    /** {@code kill -9} of main's broker. */
    public void killMain() throws InterruptedException {
        main.kill();
    }

    /** Starts main's broker again, at the same address, with what it had. */
    public void restartMain() throws IOException {
        main = main.restart();
    }

    public void createTopics() {
        TopicAdmin.createMissing(clusters(), Profile.EMBEDDED, line -> {});
    }

    public Clusters clusters() {
        return new Clusters(
                Map.of("bootstrap.servers", main.bootstrapServers()),
                Map.of("bootstrap.servers", priority.bootstrapServers()));
    }

    public Admin admin(Cluster cluster) {
        return TestTopics.admin(String.valueOf(clusters().of(cluster).get("bootstrap.servers")));
    }

    /** Makes a database with these schemas; returns its URL. */
    public String newDatabase(String name, DatabaseSchema... schemas) throws SQLException {
        execute(postgres.jdbcUrl(), "create database " + name);
        String url = postgres.jdbcUrl(name);
        Map<DatabaseSchema, Migrations.Admin> databases = new EnumMap<>(DatabaseSchema.class);
        Map<DatabaseSchema, String> passwords = new EnumMap<>(DatabaseSchema.class);
        for (DatabaseSchema schema : schemas) {
            databases.put(schema, new Migrations.Admin(url, postgres.user(), postgres.password()));
            passwords.put(schema, PASSWORD);
        }
        Migrations.migrate(new Migrations.Plan(databases, passwords, PASSWORD), line -> {});
        return url;
    }

    /** As the owner of everything. */
    public void execute(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, postgres.user(), postgres.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** URL of the database with every schema. */
    public String database() {
        return database;
    }

    /** The number in the first column of the first row, as the owner of everything sees it. */
    public long count(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database, postgres.user(), postgres.password());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    public TestPostgres postgres() {
        return postgres;
    }

    /** What every service needs, all of it right. */
    public Map<String, String> configuration() {
        Map<String, String> values = new HashMap<>(Map.of(
                "kafka.main.bootstrap.servers", main.bootstrapServers(),
                "kafka.priority.bootstrap.servers", priority.bootstrapServers(),
                "migrate.profile", "embedded",
                "admin.password", "first-password",
                "http.port", "0",
                "units.port", "0",
                "units.host", "127.0.0.1"));
        for (String service : new String[] {"fleet", "alerts", "event-log", "media", "whitelist"}) {
            values.put("database." + service + ".url", database);
            values.put("database." + service + ".password", PASSWORD);
        }
        return values;
    }

    @Override
    public void close() {
        main.close();
        priority.close();
        postgres.close();
    }
}
