package identicom.systemtests.backing;

import identicom.embedded.KafkaBroker;
import identicom.embedded.KafkaCluster;
import identicom.schema.Cluster;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;

/** A main and a priority cluster beside the {@link Backing}'s, whose brokers are taken away and given back. */
public final class TwoClusters implements AutoCloseable {
    private static final String MAIN = variable(Cluster.MAIN);
    /** The environment variable that says where the priority cluster is. */
    public static final String PRIORITY = variable(Cluster.PRIORITY);

    private static final int REPLICAS = 3;

    private final Brokers main;
    private final Brokers priority;

    private TwoClusters(Backing backing, int mainBrokers) throws IOException {
        this.main = brokers(backing, Cluster.MAIN, mainBrokers);
        this.priority = brokers(backing, Cluster.PRIORITY, 1);
    }

    private static Brokers brokers(Backing backing, Cluster cluster, int size) throws IOException {
        KafkaBroker.Options options = KafkaBroker.Options.in(backing.folder().resolve("kafka-" + cluster));
        return new Brokers(KafkaCluster.start(options, size));
    }

    /** Both of one broker, with every topic; their data lies in the backing's folder. */
    public static TwoClusters start(Backing backing) throws IOException, InterruptedException {
        TwoClusters clusters = new TwoClusters(backing, 1);
        backing.migrate(clusters.environment());
        return clusters;
    }

    /** The same, with main as in production: three brokers that keep everything three times, and two have to have it. */
    public static TwoClusters withReplicatedMain(Backing backing) throws IOException, InterruptedException {
        TwoClusters clusters = new TwoClusters(backing, REPLICAS);
        String single = clusters.priority.cluster.bootstrapServers();
        // one broker cannot keep three replicas: priority has its topics before main's are made as in production
        backing.migrate(Map.of(MAIN, single, PRIORITY, single));
        Map<String, String> production = clusters.environment();
        production.put("IDENTICOM_MIGRATE_PROFILE", "production");
        backing.migrate(production);
        return clusters;
    }

    /** Configuration of a process that uses these clusters. */
    public Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put(MAIN, main.cluster.bootstrapServers());
        environment.put(PRIORITY, priority.cluster.bootstrapServers());
        return environment;
    }

    /** What every group has read is forgotten: it begins with the earliest record again. None of them may be reading. */
    public void forgetWhatWasRead() throws InterruptedException, ExecutionException {
        for (Brokers one : List.of(main, priority)) {
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", one.cluster.bootstrapServers()))) {
                List<String> groups = admin.listGroups(ListGroupsOptions.forConsumerGroups()).all().get().stream()
                        .map(GroupListing::groupId)
                        .toList();
                admin.deleteConsumerGroups(groups).all().get();
            }
        }
    }

    private static String variable(Cluster cluster) {
        return "IDENTICOM_KAFKA_" + cluster + "_BOOTSTRAP_SERVERS";
    }

    public Brokers main() {
        return main;
    }

    public Brokers priority() {
        return priority;
    }

    /** The brokers of one of them, numbered from 0. */
    public static final class Brokers {
        private final KafkaCluster cluster;

        private Brokers(KafkaCluster cluster) {
            this.cluster = cluster;
        }

        /** {@code kill -9}. */
        public void kill(int broker) throws InterruptedException {
            cluster.kill(broker);
        }

        /** Starts it again on its data and port; returns when clients can connect. */
        public void restart(int broker) throws IOException {
            cluster.restart(broker);
        }

        /** Which of them leads their own quorum now: the one whose loss costs most. */
        public int leader() throws InterruptedException, ExecutionException {
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
                return admin.describeMetadataQuorum().quorumInfo().get().leaderId() - 1;
            }
        }
    }

    @Override
    public void close() {
        main.cluster.close();
        priority.cluster.close();
    }
}
