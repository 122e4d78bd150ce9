package identicom.systemtests.measure;

import static org.awaitility.Awaitility.await;

import identicom.embedded.KafkaBroker;
import identicom.embedded.KafkaCluster;
import identicom.schema.Cluster;
import identicom.systemtests.backing.Backing;
import identicom.systemtests.backing.Backing.Running;
import identicom.systemtests.backing.Processes;
import identicom.systemtests.balancer.HaProxy;
import identicom.systemtests.harness.Children;
import identicom.systemtests.harness.Desk;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The system as it stands in production, small: HAProxy, a station, each service once, three brokers for each cluster, a database; each
 * a process of its own, on this machine.
 */
final class Installation implements AutoCloseable {
    static final int BROKERS = 3;
    static final String STATION = Processes.station(1);
    static final List<String> SERVICES = List.of("fleet-service", "alert-service", "log-service", "media-service");

    private static final int TRIES = 3;
    private static final Duration SOON = Duration.ofSeconds(60);
    /** Half of what this process, and so HAProxy, may open. */
    private static final int CONNECTIONS = 9_000;
    /** The embedded broker starts fast and notices quickly who is gone; this one is as Kafka's defaults have it. */
    private static final List<String> BROKER_JVM = List.of("-XX:TieredStopAtLevel=4", "-Xmx512m");

    private static final Map<String, String> BROKER_SETTINGS =
            Map.of("broker.heartbeat.interval.ms", "2000", "broker.session.timeout.ms", "9000");

    /** Returns when a process is ready. */
    @FunctionalInterface
    private interface Start {
        void run() throws IOException, InterruptedException;
    }

    private final Backing backing = Backing.start();
    private final Map<Cluster, KafkaCluster> clusters = new EnumMap<>(Cluster.class);
    private final Processes processes;
    private final HaProxy haproxy;
    private final Readers readers;
    private final Map<String, Supplier<List<Long>>> parts = new LinkedHashMap<>();

    private Installation() throws IOException, InterruptedException, SQLException {
        Map<String, String> environment = new HashMap<>();
        for (Cluster cluster : Cluster.values()) {
            KafkaBroker.Options options = KafkaBroker.Options.in(
                            backing.folder().resolve("kafka-" + cluster.word()))
                    .withJvmOptions(BROKER_JVM)
                    .withSettings(BROKER_SETTINGS);
            KafkaCluster brokers = KafkaCluster.start(options, BROKERS);
            clusters.put(cluster, brokers);
            environment.put("IDENTICOM_KAFKA_" + cluster + "_BOOTSTRAP_SERVERS", brokers.bootstrapServers());
        }
        environment.put("IDENTICOM_MIGRATE_PROFILE", "production");
        backing.migrate(environment);
        processes = Processes.on(backing);
        Map<String, String> shared = Map.copyOf(environment);
        SERVICES.forEach(service -> processes.with(service, shared));
        environment.put("IDENTICOM_RECEIVER_TRUSTED_PROXIES", "127.0.0.1/32");
        // units that hold a connection and say nothing are held for as long as they are looked at
        environment.put("IDENTICOM_RECEIVER_ANSWER_LIMIT", "10m");
        processes.withStation(environment);
        for (String service : SERVICES) {
            patiently(() -> processes.start(List.of(name(service))));
        }
        patiently(() -> processes.start(List.of(STATION)));
        haproxy = HaProxy.start(
                Map.of("STATION_1", processes.stationAddress(1), "CONNECTIONS", Integer.toString(CONNECTIONS)));
        await("the station is ready").atMost(SOON).until(() -> haproxy.ready(1));
        readers = new Readers(
                clusters.values().stream().map(KafkaCluster::bootstrapServers).toList());
        nameParts();
    }

    /** Returns when everything is ready. */
    static Installation start() throws IOException, InterruptedException, SQLException {
        HaProxy.program();
        return new Installation();
    }

    /** A process gives its database a few seconds at its start, which is little on a machine that is busy with others. */
    private static void patiently(Start one) throws IOException, InterruptedException {
        IOException last = new IOException("no try");
        for (int i = 0; i < TRIES; i++) {
            try {
                one.run();
                return;
            } catch (IOException busy) {
                last = busy;
            }
        }
        throw last;
    }

    private void nameParts() {
        Children children = new Children(backing.folder());
        parts.put("HAProxy", haproxy::pids);
        parts.put("station", () -> pids(STATION));
        parts.put("Kafka main, 3 brokers", () -> children.main().pids());
        parts.put("Kafka priority, 3 brokers", () -> children.priority().pids());
        SERVICES.forEach(service -> parts.put(service, () -> pids(service)));
        parts.put("PostgreSQL", () -> children.database().pids());
    }

    private List<Long> pids(String name) {
        return List.of(process(name).program().pid());
    }

    /** What is counted together, by name; its processes now. */
    Map<String, Supplier<List<Long>>> parts() {
        return parts;
    }

    /** A service, or the station. */
    Running process(String name) {
        return processes.process(name(name));
    }

    private static String name(String part) {
        return SERVICES.contains(part) ? Processes.instance(part, 1) : part;
    }

    /** An administrator at a service. */
    Desk desk(String service) throws IOException, InterruptedException {
        return Desk.administrator(process("fleet-service").site())
                .at(process(service).site());
    }

    /** SIGTERM; returns when it has ended. */
    void stop(String service) throws InterruptedException {
        Running running = process(service);
        running.program().terminate();
        running.program().awaitExit();
    }

    /** Starts a service again that was stopped. */
    Running startAgain(String service) throws IOException, InterruptedException {
        processes.start(List.of(name(service)));
        return process(service);
    }

    /** Where units dial in. */
    InetSocketAddress units() {
        return haproxy.units();
    }

    Readers readers() {
        return readers;
    }

    Backing backing() {
        return backing;
    }

    /** Each broker's folder of records. */
    List<Path> records(Cluster cluster) {
        List<Path> folders = new ArrayList<>();
        for (int node = 1; node <= BROKERS; node++) {
            folders.add(backing.folder().resolve("kafka-" + cluster.word(), "broker-" + node, "log"));
        }
        return folders;
    }

    @Override
    public void close() throws IOException, SQLException {
        readers.close();
        haproxy.close();
        clusters.values().forEach(KafkaCluster::close);
        processes.close();
    }
}
