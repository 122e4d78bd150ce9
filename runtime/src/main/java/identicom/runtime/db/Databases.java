package identicom.runtime.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import identicom.runtime.config.Configuration;
import identicom.runtime.config.Key;
import identicom.runtime.process.Metrics;
import java.time.Duration;
import java.util.List;

/** Connection pools whose every wait is bounded and which start while the database is away. */
public final class Databases {
    private static final Duration STATEMENT_LIMIT = Duration.ofSeconds(30);

    private static final int KEPT_OPEN = 2;

    /**
     * The machine of a process can be gone without a word; what its transaction had locked the others wait for. The server gives
     * it up 11 s later, or 12 s where it has an answer under way, and not after the hours that are its own default.
     */
    private static final String DEAD_CLIENT = "; set tcp_keepalives_idle = 5; set tcp_keepalives_interval = 2;"
            + " set tcp_keepalives_count = 3; set tcp_user_timeout = '12s'";

    private Databases() {}

    /** {@code database.<service>.url}, {@code .user}, {@code .password}. */
    public static List<Key<?>> keys(String service) {
        return List.of(url(service), user(service), password(service));
    }

    /** A pool whose statements have 30 s. */
    public static HikariDataSource open(String service, Configuration configuration, int maxPool, Metrics metrics) {
        return open(service, configuration, maxPool, STATEMENT_LIMIT, metrics);
    }

    /**
     * A pool. A connection is waited for at most 1 s.
     *
     * @param statementLimit after which a statement is given up, by the server and a second later by the socket
     */
    public static HikariDataSource open(
            String service, Configuration configuration, int maxPool, Duration statementLimit, Metrics metrics) {
        HikariConfig config = config(service, "database-" + service, configuration, statementLimit);
        config.setMaximumPoolSize(maxPool);
        if (maxPool > KEPT_OPEN) {
            config.setMinimumIdle(KEPT_OPEN);
            config.setIdleTimeout(Duration.ofMinutes(1).toMillis());
        }
        config.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(metrics.registry()));
        return new HikariDataSource(config);
    }

    /** One connection apart from the pool's, to ask whether the database answers. */
    public static HikariDataSource openProbe(String service, Configuration configuration, Duration statementLimit) {
        return openOne(service, "probe", configuration, statementLimit);
    }

    /**
     * One connection apart from the pool's, for statements with a limit of their own.
     *
     * @param use what it is for, in its name
     */
    public static HikariDataSource openOne(
            String service, String use, Configuration configuration, Duration statementLimit) {
        HikariConfig config = config(service, "database-" + service + "-" + use, configuration, statementLimit);
        config.setMaximumPoolSize(1);
        return new HikariDataSource(config);
    }

    private static HikariConfig config(
            String service, String poolName, Configuration configuration, Duration statementLimit) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(poolName);
        config.setJdbcUrl(configuration.get(url(service)));
        config.setUsername(configuration.get(user(service)));
        config.setPassword(configuration.get(password(service)));
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(1_000);
        config.setValidationTimeout(500);
        config.setKeepaliveTime(Duration.ofSeconds(30).toMillis());
        config.setMaxLifetime(Duration.ofMinutes(10).toMillis());
        config.setConnectionInitSql("set statement_timeout = " + statementLimit.toMillis() + DEAD_CLIENT);
        config.addDataSourceProperty("ApplicationName", "identicom-" + service);
        config.addDataSourceProperty("connectTimeout", "2");
        config.addDataSourceProperty("loginTimeout", "3");
        config.addDataSourceProperty("socketTimeout", Long.toString(statementLimit.toSeconds() + 1));
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        return config;
    }

    private static Key<String> url(String service) {
        return Key.text(
                "database." + service + ".url",
                "jdbc:postgresql://localhost:5432/identicom",
                "JDBC URL of the database of " + service);
    }

    private static Key<String> user(String service) {
        return Key.text(
                "database." + service + ".user",
                "identicom_" + service.replace('-', '_'),
                "user at the database of " + service);
    }

    private static Key<String> password(String service) {
        return Key.secret("database." + service + ".password", "password at the database of " + service);
    }
}
