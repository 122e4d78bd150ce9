package identicom.systemtests.backing;

import identicom.embedded.KafkaBroker;
import identicom.embedded.KafkaCluster;
import identicom.embedded.Ports;
import identicom.schema.Cluster;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** A main and a priority cluster beside the {@link Backing}'s, whose brokers are taken away and given back. */
public final class TwoClusters implements AutoCloseable {
    private static final String MAIN = variable(Cluster.MAIN);
    /** The environment variable that says where the priority cluster is. */
    public static final String PRIORITY = variable(Cluster.PRIORITY);

    private static final int REPLICAS = 3;

    private final Brokers main;
    private final Brokers priority;

    /** Where clients, and the other brokers, reach a broker. */
    public interface Entrance {
        /** @param broker from 0 @param port of 127.0.0.1 that it listens on @return {@code host:port} that leads there */
        String address(String cluster, int broker, int port) throws IOException;
    }

    private TwoClusters(Backing backing, int mainBrokers, Entrance entrance) throws IOException {
        this.main = brokers(backing, Cluster.MAIN, mainBrokers, entrance);
        this.priority = brokers(backing, Cluster.PRIORITY, 1, entrance);
    }

    private static Brokers brokers(Backing backing, Cluster cluster, int size, Entrance entrance) throws IOException {
        List<KafkaBroker.Options> each = new ArrayList<>();
        List<String> reached = new ArrayList<>();
        for (int broker = 0; broker < size; broker++) {
            int port = Ports.free();
            String address = entrance.address(cluster.word(), broker, port);
            reached.add(address);
            each.add(KafkaBroker.Options.in(backing.folder().resolve("kafka-" + cluster.word()))
                    .withPort(port)
                    .withSettings(Map.of("advertised.listeners", "CLIENTS://" + address)));
        }
        return new Brokers(KafkaCluster.start(each), String.join(",", reached));
    }

    /** Both of one broker, with every topic; their data lies in the backing's folder. */
    public static TwoClusters start(Backing backing) throws IOException, InterruptedException {
        return start(backing, 1, (cluster, broker, port) -> "127.0.0.1:" + port);
    }

    /** The same, with main as in production: three brokers that keep everything three times, and two have to have it. */
    public static TwoClusters withReplicatedMain(Backing backing) throws IOException, InterruptedException {
        return start(backing, REPLICAS, (cluster, broker, port) -> "127.0.0.1:" + port);
    }

    /** @param mainBrokers 1, or {@code 3} as in production @param entrance asked once for each broker, before it is started */
    public static TwoClusters start(Backing backing, int mainBrokers, Entrance entrance)
            throws IOException, InterruptedException {
        TwoClusters clusters = new TwoClusters(backing, mainBrokers, entrance);
        if (mainBrokers == 1) {
            backing.migrate(clusters.environment());
            return clusters;
        }
        String single = clusters.priority.reached;
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
        environment.put(MAIN, main.reached);
        environment.put(PRIORITY, priority.reached);
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

    /**
     * All that is on main counts as read by this group, as if its offsets had been committed ahead of its work.
     *
     * @throws ExecutionException some of it is reading, or counts as reading for some seconds after its end
     */
    public void countAsRead(String group) throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", main.cluster.bootstrapServers()))) {
            Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
            admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .keySet()
                    .forEach(partition -> ends.put(partition, OffsetSpec.latest()));
            Map<TopicPartition, OffsetAndMetadata> read = new HashMap<>();
            admin.listOffsets(ends)
                    .all()
                    .get()
                    .forEach((partition, end) -> read.put(partition, new OffsetAndMetadata(end.offset())));
            admin.alterConsumerGroupOffsets(group, read).all().get();
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
        private final String reached;

        private Brokers(KafkaCluster cluster, String reached) {
            this.cluster = cluster;
            this.reached = reached;
        }

        public long pid(int broker) {
            return cluster.pid(broker);
        }

        public boolean isAlive(int broker) {
            return cluster.isAlive(broker);
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
