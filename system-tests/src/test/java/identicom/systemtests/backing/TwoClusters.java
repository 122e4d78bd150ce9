package identicom.systemtests.backing;

import identicom.embedded.KafkaBroker;
import identicom.schema.Cluster;
import java.io.IOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** A main and a priority cluster beside the {@link Backing}'s, one broker each, that are taken away and given back. */
public final class TwoClusters implements AutoCloseable {
    /** The environment variable that says where the priority cluster is. */
    public static final String PRIORITY = variable(Cluster.PRIORITY);

    private final Map<Cluster, KafkaBroker> brokers = new EnumMap<>(Cluster.class);

    private TwoClusters() {}

    /** Both, with every topic; their data lies in the backing's folder. */
    public static TwoClusters start(Backing backing) throws IOException, InterruptedException {
        TwoClusters clusters = new TwoClusters();
        for (Cluster cluster : Cluster.values()) {
            clusters.brokers.put(
                    cluster,
                    KafkaBroker.start(KafkaBroker.Options.in(backing.folder().resolve("kafka-" + cluster))));
        }
        backing.migrate(clusters.environment());
        return clusters;
    }

    /** Configuration of a process that uses these clusters. */
    public Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        brokers.forEach((cluster, broker) -> environment.put(variable(cluster), broker.bootstrapServers()));
        return environment;
    }

    private static String variable(Cluster cluster) {
        return "IDENTICOM_KAFKA_" + cluster + "_BOOTSTRAP_SERVERS";
    }

    /** {@code kill -9}. */
    public void killMain() throws InterruptedException {
        kill(Cluster.MAIN);
    }

    /** {@code kill -9}. */
    public void killPriority() throws InterruptedException {
        kill(Cluster.PRIORITY);
    }

    /** Starts it again on its data and port; returns when clients can connect. */
    public void restartPriority() throws IOException {
        brokers.put(Cluster.PRIORITY, of(Cluster.PRIORITY).restart());
    }

    private void kill(Cluster cluster) throws InterruptedException {
        of(cluster).kill();
    }

    private KafkaBroker of(Cluster cluster) {
        KafkaBroker broker = brokers.get(cluster);
        if (broker == null) {
            throw new IllegalStateException("no cluster " + cluster);
        }
        return broker;
    }

    @Override
    public void close() {
        brokers.values().forEach(KafkaBroker::close);
    }
}
