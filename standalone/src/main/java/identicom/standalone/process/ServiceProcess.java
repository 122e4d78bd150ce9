package identicom.standalone.process;

import com.zaxxer.hikari.HikariDataSource;
import identicom.alertservice.AlertService;
import identicom.fleetservice.FleetService;
import identicom.logservice.LogService;
import identicom.mediaservice.MediaService;
import identicom.receiver.ReceiverService;
import identicom.runtime.config.Configuration;
import identicom.runtime.config.ConfigurationException;
import identicom.runtime.db.Databases;
import identicom.runtime.http.Api;
import identicom.runtime.http.HttpFrame;
import identicom.runtime.http.HttpSettings;
import identicom.runtime.kafka.Clusters;
import identicom.runtime.kafka.TopicAdmin;
import identicom.runtime.process.Health;
import identicom.runtime.process.Metrics;
import identicom.runtime.process.Stack;
import identicom.runtime.token.TokenCheck;
import identicom.runtime.tracing.Tracing;
import identicom.schema.Cluster;
import identicom.schema.DatabaseSchema;
import identicom.schema.Migrations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** One service in this process, with its HTTP interface, against clusters and databases that run elsewhere. */
public final class ServiceProcess implements AutoCloseable {
    private static final int CONNECTION_TRIES = 5;
    private static final Duration SAID_AGAIN = Duration.ofSeconds(10);

    private final Stack running = new Stack();
    private final Health health = new Health();
    private final ServiceKind kind;
    private final HttpSettings settings;
    private String units = "";
    private HttpFrame http;

    private ServiceProcess(ServiceKind kind, Configuration configuration) throws ConfigurationException, IOException {
        this.kind = kind;
        this.settings = HttpSettings.from(configuration);
        try {
            Clusters clusters = Clusters.from(configuration);
            Path state = Files.createDirectories(configuration.get(ProcessKeys.DATA));
            Tracing tracing = Tracing.from(configuration, "identicom-" + kind.text());
            Metrics metrics = running.add("metrics", new Metrics(tracing));
            TokenCheck tokens = running.add("tokens", new TokenCheck(clusters, state.resolve("keys"), health, metrics));
            tokens.start();
            this.http = switch (kind) {
                case RECEIVER -> {
                    ReceiverService receiver = new ReceiverService(configuration, clusters, health, metrics, state);
                    HttpFrame frame = frame(receiver.apis(), tokens, health, metrics);
                    running.add("station", receiver);
                    running.onClose("drain", receiver::drain);
                    receiver.start();
                    units = " units=" + receiver.unitsPort();
                    yield frame;
                }
                case ALERT_SERVICE -> {
                    AlertService alert = running.add(
                            "alert-service", new AlertService(configuration, clusters, health, metrics, state));
                    alert.start();
                    yield frame(alert.apis(), tokens, health, metrics);
                }
                case LOG_SERVICE -> {
                    LogService log =
                            running.add("log-service", new LogService(configuration, clusters, health, metrics, state));
                    log.start();
                    yield frame(log.apis(), tokens, health, metrics);
                }
                case FLEET_SERVICE -> {
                    FleetService fleet = running.add(
                            "fleet-service", new FleetService(configuration, clusters, health, metrics, state));
                    fleet.start();
                    yield frame(fleet.apis(), tokens, health, metrics);
                }
                case MEDIA_SERVICE -> {
                    MediaService media = running.add(
                            "media-service", new MediaService(configuration, clusters, health, metrics, state));
                    media.start();
                    yield frame(media.apis(), tokens, health, metrics);
                }
            };
        } catch (ConfigurationException | IOException | RuntimeException e) {
            running.close();
            throw e;
        }
    }

    private HttpFrame frame(List<Api> apis, TokenCheck tokens, Health health, Metrics metrics) {
        HttpFrame frame = running.add("http", new HttpFrame(settings, apis, tokens, health, metrics));
        frame.start();
        return frame;
    }

    /**
     * Checks the clusters and the database, and starts the service. It starts with one cluster alone, too: what a station and the
     * alerts do for an emergency then must not hang on nobody having restarted them.
     *
     * @throws ConfigurationException something that this service needs is not configured
     * @throws NotReadyException topics or migrations are missing, or neither cluster answers
     */
    public static ServiceProcess start(ServiceKind kind, Configuration configuration, Consumer<String> progress)
            throws ConfigurationException, NotReadyException, IOException {
        if (kind == ServiceKind.FLEET_SERVICE
                && configuration.text("admin.password").isEmpty()) {
            throw new ConfigurationException(
                    List.of(
                            "admin.password: missing (expected: the password of user admin at the first start, as IDENTICOM_ADMIN_PASSWORD)"));
        }
        Clusters clusters = Clusters.from(configuration);
        progress.accept("checking topics and migrations");
        TopicAdmin.Found found = TopicAdmin.look(clusters);
        boolean neither = found.silent().size() == Cluster.values().length;
        List<String> problems = new ArrayList<>(neither ? found.problems() : found.wrong());
        kind.schema().ifPresent(schema -> problems.addAll(pending(kind, schema, configuration, progress)));
        if (!problems.isEmpty()) {
            throw new NotReadyException(
                    kind.text() + " cannot start (expected: ./identicom migrate was run with this configuration):",
                    problems);
        }
        found.silent().values().forEach(sentence -> progress.accept("starting without one cluster: " + sentence));
        return new ServiceProcess(kind, configuration);
    }

    private static List<String> pending(
            ServiceKind kind, DatabaseSchema schema, Configuration configuration, Consumer<String> progress) {
        try (Metrics metrics = new Metrics();
                HikariDataSource database = Databases.open(kind.database(), configuration, 2, metrics)) {
            awaitConnection(database);
            List<String> problems = Migrations.pending(schema, database);
            if (problems.isEmpty()) {
                Migrations.state(schema, database)
                        .newer()
                        .forEach(migration -> progress.accept("schema " + schema.schemaName() + ": migration "
                                + migration + " is of a newer program; this one works as before"));
            }
            return problems;
        } catch (SQLException e) {
            return List.of("database." + kind.database() + ".url: cannot be reached: " + e.getMessage());
        }
    }

    /** On a busy machine the first connection of a process takes longer than later ones may. Each try takes a second. */
    private static void awaitConnection(HikariDataSource database) throws SQLException {
        for (int left = CONNECTION_TRIES - 1; ; left--) {
            try {
                database.getConnection().close();
                return;
            } catch (SQLException e) {
                if (left == 0) {
                    throw e;
                }
            }
        }
    }

    /** Waits until all that it cannot do without is up. @param progress told every 10 s what is not */
    public void awaitReady(Consumer<String> progress) {
        String down = Readiness.await(health, SAID_AGAIN);
        while (!health.ready()) {
            progress.accept("not ready yet: " + down);
            down = Readiness.await(health, SAID_AGAIN);
        }
    }

    /** The line that says that it serves. */
    public String readyLine() {
        return "identicom " + kind.text() + " ready" + units + " http=" + settings.host() + ":" + http.port();
    }

    @Override
    public void close() {
        running.close();
    }
}
