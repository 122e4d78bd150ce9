package identicom.systemtests.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import identicom.systemtests.backing.Backing;
import identicom.systemtests.backing.Ingress;
import identicom.systemtests.backing.Processes;
import identicom.systemtests.backing.TwoClusters;
import identicom.systemtests.harness.Desk;
import identicom.systemtests.harness.Served;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A whole system of processes of their own: two clusters, a database, a folder of pictures, stations, and of each service what was started. */
final class Site implements AutoCloseable {
    static final List<String> SERVICES = List.of(Ingress.FLEET, Ingress.LOG, Ingress.MEDIA, Ingress.ALERT);

    private static final Duration LIMIT = Duration.ofMinutes(3);

    /** The lag is looked at every 3 s. */
    private static final Duration SEEN_ANEW = Duration.ofSeconds(4);

    private static final int INSTANCES = 2;

    private final Backing backing;
    private final TwoClusters clusters;
    private final Processes processes;
    private final Map<String, Integer> serving = new ConcurrentHashMap<>();

    private Site(Backing backing, int stations) throws IOException, InterruptedException {
        this.backing = backing;
        this.clusters = TwoClusters.start(backing);
        this.processes = Processes.on(backing);
        for (String service : SERVICES) {
            for (int i = 0; i < INSTANCES; i++) {
                processes.with(service, environment());
            }
            serving.put(service, 1);
        }
        Map<String, String> station = environment();
        station.put("IDENTICOM_RECEIVER_PROBE_INTERVAL", "500ms");
        station.put("IDENTICOM_RECEIVER_WHITELIST_LOOKUP_LIMIT", "10s");
        for (int i = 0; i < stations; i++) {
            processes.withStation(station);
        }
    }

    /** Clusters and database are there, no process is started yet. */
    static Site on(Backing backing, int stations) throws IOException, InterruptedException {
        return new Site(backing, stations);
    }

    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(clusters.environment());
        environment.put("IDENTICOM_MEDIA_STORE", pictures().toString());
        return environment;
    }

    Path pictures() {
        return backing.folder().resolve("pictures");
    }

    Backing backing() {
        return backing;
    }

    TwoClusters clusters() {
        return clusters;
    }

    Processes processes() {
        return processes;
    }

    /** The first instance of each service and all stations; returns when they are ready. */
    void start() throws IOException, InterruptedException {
        startServices();
        processes.start(stations());
    }

    void startServices() throws IOException, InterruptedException {
        processes.start(services());
    }

    private List<String> services() {
        return SERVICES.stream().map(this::name).toList();
    }

    private List<String> stations() {
        return Stream.iterate(1, number -> number + 1)
                .limit(processes.stations())
                .map(Processes::station)
                .toList();
    }

    /** The name of the instance of a service that serves now. */
    String name(String service) {
        return Processes.instance(service, serving.getOrDefault(service, 1));
    }

    /** Another instance of a service serves from now on. */
    void serve(String service, int number) {
        serving.put(service, number);
    }

    InetSocketAddress units(int station) {
        return new InetSocketAddress("127.0.0.1", processes.unitsPort(station));
    }

    Served site(String service) {
        return processes.process(name(service)).site();
    }

    /** The services' interfaces as one. */
    Served served() {
        return Ingress.over(this::site);
    }

    /** In order. */
    void stopStations() throws InterruptedException {
        stop(stations());
    }

    /** In order. */
    void stopServices() throws InterruptedException {
        stop(services());
    }

    private void stop(List<String> names) throws InterruptedException {
        for (String name : names) {
            assertThat(processes.process(name).stop()).as(name).isZero();
        }
    }

    /** Waits until everything that main has is stored, and everything that services have to tell is told. */
    void awaitStored(Desk administrator) {
        await("nothing is on its way").atMost(LIMIT).during(SEEN_ANEW).untilAsserted(() -> {
            assertThat(administrator.get("/api/v1/system").json().findValuesAsText("lag"))
                    .isNotEmpty()
                    .containsOnly("0");
            assertThat(waiting()).isZero();
        });
    }

    private long waiting() throws SQLException {
        long rows = 0;
        for (String schema : List.of("fleet", "alerts", "event_log", "media")) {
            rows += backing.number("select count(*) from " + schema + ".outbox");
        }
        return rows;
    }

    /** Copies the pictures as they are. */
    void copyPictures(Path to) throws IOException {
        copy(pictures(), to);
    }

    /** Puts pictures where they are kept. */
    void restorePictures(Path from) throws IOException {
        copy(from, pictures());
    }

    private static void copy(Path from, Path to) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> walked = Files.walk(from)) {
            walked.forEach(found::add);
        }
        for (Path path : found) {
            Files.copy(path, to.resolve(from.relativize(path).toString()));
        }
    }

    /** {@code identicom republish}; what it printed. */
    List<String> republish() throws IOException, InterruptedException {
        return backing.run("republish", environment(), List.of());
    }

    @Override
    public void close() throws IOException, SQLException {
        clusters.close();
        processes.close();
    }
}
