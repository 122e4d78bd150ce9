package identicom.systemtests.instances;

import identicom.systemtests.backing.Backing;
import identicom.systemtests.backing.Ingress;
import identicom.systemtests.backing.Processes;
import identicom.systemtests.backing.TwoClusters;
import identicom.systemtests.harness.Served;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;

/** Instances 1 and 2 of every service and a station, on two clusters, a database and a folder of pictures that both media-services see. */
final class TwoOfEach implements AutoCloseable {
    private static final String ALERT = Ingress.ALERT;
    private static final String FLEET = Ingress.FLEET;
    private static final String LOG = Ingress.LOG;
    private static final String MEDIA = Ingress.MEDIA;

    /** One consume loop of each service whose partitions its instances share. */
    static final Map<String, String> LOOPS =
            Map.of(ALERT, "alerts-critical-main", FLEET, "fleet-events", LOG, "log-events", MEDIA, "media-pictures");

    private final Backing backing;
    private final TwoClusters clusters;
    private final Processes processes;

    private TwoOfEach(Backing backing, TwoClusters clusters) throws IOException, InterruptedException {
        this.backing = backing;
        this.clusters = clusters;
        this.processes = Processes.on(backing);
        Map<String, String> alert = new HashMap<>(clusters.environment());
        alert.put("IDENTICOM_WEBHOOK_SECRET", "a secret of this test");
        alert.put("IDENTICOM_WEBHOOK_ALLOW", "127.0.0.1");
        Map<String, String> media = new HashMap<>(clusters.environment());
        media.put("IDENTICOM_MEDIA_STORE", backing.folder().resolve("pictures").toString());
        for (int instance = 1; instance <= 2; instance++) {
            processes
                    .with(ALERT, alert)
                    .with(FLEET, clusters.environment())
                    .with(LOG, clusters.environment())
                    .with(MEDIA, media);
        }
        processes.withStation(clusters.environment());
        start(Side.of(1));
        processes.start(List.of(Processes.station(1)));
        start(Side.of(2));
    }

    /** Returns when everything is ready. */
    static TwoOfEach start() throws IOException, InterruptedException, SQLException {
        Backing backing = Backing.start();
        return new TwoOfEach(backing, TwoClusters.start(backing));
    }

    /** One instance of each service. @param numbers 1 or 2, by service */
    record Side(Map<String, Integer> numbers) {
        static Side of(int number) {
            return new Side(Map.of(ALERT, number, FLEET, number, LOG, number, MEDIA, number));
        }

        static Side random(RandomGenerator random) {
            Map<String, Integer> numbers = new HashMap<>();
            LOOPS.keySet().stream().sorted().forEach(service -> numbers.put(service, 1 + random.nextInt(2)));
            return new Side(numbers);
        }

        Side other() {
            Map<String, Integer> others = new HashMap<>();
            numbers.forEach((service, number) -> others.put(service, 3 - number));
            return new Side(others);
        }

        private List<String> names() {
            return numbers.entrySet().stream().map(Side::name).toList();
        }

        private String of(String service) {
            return Processes.instance(service, numbers.getOrDefault(service, 1));
        }

        private static String name(Entry<String, Integer> one) {
            return Processes.instance(one.getKey(), one.getValue());
        }
    }

    /** {@code kill -9} of all of them at once. */
    void kill(Side side) throws InterruptedException, ExecutionException {
        try (ExecutorService killing = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> kills =
                    side.names().stream().map(this::killing).toList();
            for (Future<Boolean> one : killing.invokeAll(kills)) {
                one.get();
            }
        }
    }

    private Callable<Boolean> killing(String name) {
        return () -> {
            processes.process(name).kill();
            return true;
        };
    }

    /** Starts them on their data folders, after their end too; returns when they are ready. */
    void start(Side side) throws IOException, InterruptedException {
        processes.start(side.names());
    }

    /** The interface of these instances together, as a load balancer shows it. */
    Served served(Side side) {
        return Ingress.over(service -> instance(side, service));
    }

    /** The interface of one of these instances. */
    Served instance(Side side, String service) {
        return processes.process(side.of(service)).site();
    }

    InetSocketAddress units() {
        return new InetSocketAddress("127.0.0.1", processes.unitsPort(1));
    }

    Backing backing() {
        return backing;
    }

    @Override
    public void close() throws IOException, SQLException {
        clusters.close();
        processes.close();
    }
}
