package identicom.mediaservice;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import identicom.schema.DatabaseSchema;
import identicom.schema.Migrations;
import identicom.testing.TestPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A database of its own with the schema {@code media}, as the service's role sees it. */
public final class MediaDatabase implements AutoCloseable {
    public static final String PASSWORD = "media-password";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String url;
    private final HikariDataSource service;

    private MediaDatabase(String url) {
        this.url = url;
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(DatabaseSchema.MEDIA.role());
        config.setPassword(PASSWORD);
        config.setMaximumPoolSize(8);
        this.service = new HikariDataSource(config);
    }

    public static MediaDatabase fresh() throws SQLException {
        TestPostgres postgres = TestPostgres.shared();
        String name = "media_" + NUMBER.incrementAndGet();
        try (Connection connection =
                        DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        String url = postgres.jdbcUrl(name);
        Migrations.Admin admin = new Migrations.Admin(url, postgres.user(), postgres.password());
        Migrations.migrate(
                new Migrations.Plan(Map.of(DatabaseSchema.MEDIA, admin), Map.of(DatabaseSchema.MEDIA, PASSWORD), ""),
                line -> {});
        return new MediaDatabase(url);
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
        TestPostgres postgres = TestPostgres.shared();
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

    public long number(String sql) throws SQLException {
        return Long.parseLong(column(sql).getFirst());
    }

    @Override
    public void close() {
        service.close();
    }
}
