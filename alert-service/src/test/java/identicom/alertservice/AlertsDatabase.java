package identicom.alertservice;

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
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A database of its own with the alerts' schema, used with the rights of the service's role. */
public final class AlertsDatabase implements AutoCloseable {

    public static final String ROLE = "identicom_alerts";
    public static final String PASSWORD = "alerts-password";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String url;
    private final HikariDataSource pool;

    private AlertsDatabase(String url, HikariDataSource pool) {
        this.url = url;
        this.pool = pool;
    }

    public static AlertsDatabase create(TestPostgres server) throws SQLException {
        String name = "alerts_" + NUMBER.incrementAndGet();
        try (Connection admin = DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
                Statement statement = admin.createStatement()) {
            statement.execute("create database " + name);
        }
        String url = server.jdbcUrl(name);
        Migrations.Admin admin = new Migrations.Admin(url, server.user(), server.password());
        Migrations.Plan plan = new Migrations.Plan(
                Map.of(DatabaseSchema.ALERTS, admin), Map.of(DatabaseSchema.ALERTS, PASSWORD), "unused");
        Migrations.migrate(plan, line -> {});
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(ROLE);
        config.setPassword(PASSWORD);
        config.setMaximumPoolSize(10);
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        return new AlertsDatabase(url, new HikariDataSource(config));
    }

    public String url() {
        return url;
    }

    public HikariDataSource pool() {
        return pool;
    }

    public long number(String sql) throws SQLException {
        return Long.parseLong(text(sql));
    }

    public String text(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
