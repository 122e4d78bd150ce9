package identicom.standalone.doctor;

import identicom.schema.Profile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.common.Node;

/** The brokers that a cluster names as its own, each with the address at which clients are to reach it. */
record Brokers(String clusterId, List<Node> nodes) {
    private static final int LEAST = 3;
    private static final Duration LIMIT = Duration.ofSeconds(5);

    static Brokers ask(Admin admin) throws UnansweredException, InterruptedException {
        DescribeClusterResult asked = admin.describeCluster();
        Collection<Node> nodes = Answers.await(asked.nodes());
        return new Brokers(
                Answers.await(asked.clusterId()),
                nodes.stream().sorted(Comparator.comparing(Node::id)).toList());
    }

    List<Finding> findings(String subject, Profile profile) throws InterruptedException {
        List<Finding> found = new ArrayList<>();
        found.add(number(subject, profile));
        new Examination(LIMIT, line -> {})
                .of(nodes.stream().map(node -> reachable(subject, node)).toList(), found::add);
        return found;
    }

    private Finding number(String subject, Profile profile) {
        String text = (nodes.size() == 1 ? "1 broker" : nodes.size() + " brokers") + ", cluster id " + clusterId;
        return profile == Profile.PRODUCTION && nodes.size() < LEAST
                ? Finding.warn(
                        subject,
                        text,
                        "at least " + LEAST + " brokers",
                        "start those that are down, or add some: an acknowledgement means that two have the record")
                : Finding.ok(subject, text);
    }

    private static Check reachable(String subject, Node node) {
        return new EndpointCheck(
                subject + ", broker " + node.id(),
                new Endpoint(node.host(), node.port()),
                Mark.WRONG,
                "correct the broker's advertised.listeners (clients are told this address), or open the way to it");
    }
}
