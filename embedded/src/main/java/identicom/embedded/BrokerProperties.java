package identicom.embedded;

import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The settings of an embedded broker: a node that is broker and controller, small, and reachable from this machine only. With three
 * nodes or more everything is kept three times, and two have to have it.
 */
final class BrokerProperties {
    private BrokerProperties() {}

    /**
     * @param nodeId from 1
     * @param controllerPorts of every node, in the order of their ids
     */
    static Properties of(Path logDirectory, int port, int nodeId, List<Integer> controllerPorts) {
        String voters = IntStream.rangeClosed(1, controllerPorts.size())
                .mapToObj(id -> id + "@127.0.0.1:" + controllerPorts.get(id - 1))
                .collect(Collectors.joining(","));
        String replicas = Integer.toString(Math.min(3, controllerPorts.size()));
        String insync = controllerPorts.size() < 3 ? "1" : "2";
        Properties p = new Properties();
        p.setProperty("process.roles", "broker,controller");
        p.setProperty("node.id", Integer.toString(nodeId));
        p.setProperty("log.dirs", logDirectory.toString());
        p.setProperty(
                "listeners",
                "CLIENTS://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPorts.get(nodeId - 1));
        p.setProperty("listener.security.protocol.map", "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT");
        p.setProperty("inter.broker.listener.name", "CLIENTS");
        p.setProperty("controller.listener.names", "CONTROLLER");
        p.setProperty("controller.quorum.voters", voters);
        p.setProperty("auto.create.topics.enable", "false");
        p.setProperty("default.replication.factor", replicas);
        p.setProperty("min.insync.replicas", insync);
        p.setProperty("offsets.topic.replication.factor", replicas);
        p.setProperty("offsets.topic.num.partitions", "8");
        p.setProperty("offsets.retention.minutes", Integer.toString(30 * 24 * 60));
        p.setProperty("transaction.state.log.replication.factor", replicas);
        p.setProperty("transaction.state.log.min.isr", insync);
        p.setProperty("transaction.state.log.num.partitions", "2");
        p.setProperty("group.initial.rebalance.delay.ms", "0");
        p.setProperty("log.cleaner.dedupe.buffer.size", "2097152");
        p.setProperty("num.network.threads", "2");
        p.setProperty("num.io.threads", "4");
        p.setProperty("background.threads", "4");
        p.setProperty("broker.heartbeat.interval.ms", "250");
        p.setProperty("broker.session.timeout.ms", "2500");
        p.setProperty("initial.broker.registration.timeout.ms", "60000");
        return p;
    }
}
