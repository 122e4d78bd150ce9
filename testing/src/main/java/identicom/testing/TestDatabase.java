package identicom.testing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import identicom.schema.DatabaseSchema;
import identicom.schema.Migrations;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A database of its own with one migrated schema, as its service's role sees it. */
public final class TestDatabase implements AutoCloseable {
    public static final String PASSWORD = "service-password";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final TestPostgres postgres;
    private final String url;
    private final HikariDataSource service;

    private TestDatabase(TestPostgres postgres, String url, DatabaseSchema schema) {
        this.postgres = postgres;
        this.url = url;
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(schema.role());
        config.setPassword(PASSWORD);
        config.setMaximumPoolSize(10);
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        this.service = new HikariDataSource(config);
    }

    /** On the server that all tests of this JVM share. */
    public static TestDatabase fresh(DatabaseSchema schema) throws SQLException {
        return on(TestPostgres.shared(), schema);
    }

    public static TestDatabase on(TestPostgres postgres, DatabaseSchema schema) throws SQLException {
        String name = schema.schemaName() + "_" + NUMBER.incrementAndGet();
        try (Connection connection =
                        DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        String url = postgres.jdbcUrl(name);
        Migrations.Admin admin = new Migrations.Admin(url, postgres.user(), postgres.password());
        Migrations.migrate(new Migrations.Plan(Map.of(schema, admin), Map.of(schema, PASSWORD), ""), line -> {});
        return new TestDatabase(postgres, url, schema);
    }

    public String url() {
        return url;
    }

    /** As the service sees it. */
    public HikariDataSource service() {
        return service;
    }

    /** As the owner, who may do anything. */
    public Connection owner() throws SQLException {
        return DriverManager.getConnection(url, postgres.user(), postgres.password());
    }

    public void execute(String sql) throws SQLException {
        try (Connection connection = owner();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of every row, as text. */
    public List<String> column(String sql) throws SQLException {
        try (Connection connection = owner();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    /** The first value, with no more than the service's rights. */
    public String text(String sql) throws SQLException {
        try (Connection connection = service.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    public long number(String sql) throws SQLException {
        return Long.parseLong(column(sql).getFirst());
    }

    @Override
    public void close() {
        service.close();
    }
}
