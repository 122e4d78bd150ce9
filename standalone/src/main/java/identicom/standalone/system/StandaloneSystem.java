package identicom.standalone.system;

import identicom.alertservice.AlertService;
import identicom.alertservice.canary.CanarySettings;
import identicom.fleetservice.FleetService;
import identicom.logservice.LogService;
import identicom.mediaservice.MediaService;
import identicom.receiver.ReceiverService;
import identicom.runtime.config.Configuration;
import identicom.runtime.config.ConfigurationException;
import identicom.runtime.http.Api;
import identicom.runtime.http.HttpFrame;
import identicom.runtime.http.HttpSettings;
import identicom.runtime.kafka.Clusters;
import identicom.runtime.process.Health;
import identicom.runtime.process.Metrics;
import identicom.runtime.process.Stack;
import identicom.runtime.token.TokenCheck;
import identicom.runtime.tracing.Tracing;
import identicom.simulator.canary.CanaryDialler;
import identicom.standalone.process.NotReadyException;
import identicom.standalone.process.ProcessKeys;
import identicom.standalone.process.Readiness;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Station and services in this process, brokers and database as its children: everything that is needed, on one machine. */
public final class StandaloneSystem implements AutoCloseable {
    private static final Duration READY_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(25);

    private final Stack running = new Stack(STOP_LIMIT);
    private final Configuration configuration;
    private final String adminPassword;
    private final ReceiverService receiver;
    private final HttpFrame http;

    /**
     * @param http where the HTTP interface answers
     * @param units where units dial in
     * @param madeUpPassword of user {@code admin}, when this start made one up; else empty
     */
    public record Address(String http, String units, String madeUpPassword) {
        /** The line that says that a unit can dial in and the HTTP interface answers. */
        public String readyLine() {
            return "identicom ready units=" + units + " http=" + http;
        }
    }

    private StandaloneSystem(Configuration given, Consumer<String> progress)
            throws IOException, InterruptedException, NotReadyException, ConfigurationException {
        try {
            DataFolder folder = running.add("data", DataFolder.open(given.get(ProcessKeys.DATA)));
            ListeningPorts.check(given);
            EmbeddedParts parts =
                    running.add("embedded parts", EmbeddedParts.start(folder, Secrets.in(folder), given, progress));
            FirstAdministrator administrator = FirstAdministrator.of(parts.admin(), given);
            this.adminPassword = administrator.madeUp();
            if (!adminPassword.isEmpty()) {
                // before the account exists: whoever kills this process later has seen the password
                progress.accept(
                        "first start: user admin has the password " + adminPassword + " (it is not shown again)");
            }
            PhoneNetwork phones = running.add("phone network", PhoneNetwork.start(given, progress));
            this.configuration = given.with(parts.databases())
                    .with(administrator.settings())
                    .with(pictures(folder, given))
                    .with(phones.settings());
            progress.accept("starting the station and the services");
            Clusters clusters = parts.clusters();
            Path state = folder.folder("state");
            Tracing tracing = Tracing.from(configuration, "identicom-standalone");
            Metrics metrics = running.add("metrics", new Metrics(tracing));
            Health health = new Health();
            TokenCheck tokens = running.add("tokens", new TokenCheck(clusters, state.resolve("keys"), health, metrics));
            FleetService fleet =
                    running.add("fleet-service", new FleetService(configuration, clusters, health, metrics, state));
            LogService log =
                    running.add("log-service", new LogService(configuration, clusters, health, metrics, state));
            AlertService alert =
                    running.add("alert-service", new AlertService(configuration, clusters, health, metrics, state));
            MediaService media =
                    running.add("media-service", new MediaService(configuration, clusters, health, metrics, state));
            List<Api> apis = new ArrayList<>(fleet.apis());
            apis.addAll(log.apis());
            apis.addAll(alert.apis());
            apis.addAll(media.apis());
            this.http =
                    running.add("http", new HttpFrame(HttpSettings.from(configuration), apis, tokens, health, metrics));
            this.receiver =
                    running.add("station", new ReceiverService(configuration, clusters, health, metrics, state));
            running.onClose("drain", receiver::drain);
            tokens.start();
            fleet.start();
            alert.start();
            log.start();
            media.start();
            http.start();
            receiver.start();
            canary(CanarySettings.from(configuration), fleet, progress);
            String down = Readiness.await(health, READY_LIMIT);
            if (!down.isEmpty()) {
                throw new IOException("not ready after " + READY_LIMIT.toSeconds() + " s: " + down);
            }
        } catch (IOException | InterruptedException | NotReadyException | ConfigurationException | RuntimeException e) {
            running.close();
            throw e;
        }
    }

    /**
     * Starts everything and waits until a unit can dial in and the HTTP interface answers.
     *
     * @param progress told what is done, for a person
     * @throws IOException a part did not start, a port or the folder is in use; what had started is stopped again
     * @throws NotReadyException the data folder is of a newer program
     * @throws ConfigurationException the first user's password cannot be one
     */
    public static StandaloneSystem start(Configuration configuration, Consumer<String> progress)
            throws IOException, InterruptedException, NotReadyException, ConfigurationException {
        return new StandaloneSystem(configuration, progress);
    }

    /** Where one is configured: its unit is commissioned, and dials this machine's own station. */
    private void canary(CanarySettings canary, FleetService fleet, Consumer<String> progress) throws IOException {
        if (!canary.unit().configured()) {
            return;
        }
        try {
            fleet.commission(canary.unit().serial(), "Canary");
        } catch (SQLException e) {
            throw new IOException("the canary cannot be commissioned: " + e.getMessage(), e);
        }
        InetAddress host = InetAddress.getByName(ListeningPorts.unitsHost(configuration));
        InetSocketAddress station = new InetSocketAddress(
                host.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : host, receiver.unitsPort());
        running.add("canary", new CanaryDialler(station, canary.unit().serial(), canary.every(), progress))
                .start();
    }

    /** Pictures stand in the data folder, unless another one is named. */
    private static Map<String, String> pictures(DataFolder folder, Configuration given) throws IOException {
        String key = MediaService.STORE.name();
        return given.has(key) ? Map.of() : Map.of(key, folder.folder("pictures").toString());
    }

    public Address address() {
        return new Address(
                HttpSettings.from(configuration).host() + ":" + http.port(),
                ListeningPorts.unitsHost(configuration) + ":" + receiver.unitsPort(),
                adminPassword);
    }

    /** Stops in good order: station first, children last; within 30 s. */
    @Override
    public void close() {
        running.close();
    }
}
