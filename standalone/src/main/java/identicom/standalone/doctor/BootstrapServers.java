package identicom.standalone.doctor;

import identicom.runtime.kafka.Clusters;
import identicom.schema.Cluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The addresses by which a cluster is found: each should answer, so that it is found while some of its brokers are away. */
final class BootstrapServers {
    private BootstrapServers() {}

    static List<Check> checks(Clusters clusters, Cluster cluster) {
        String word = cluster.word();
        String key = "kafka." + word + ".bootstrap.servers";
        List<Check> checks = new ArrayList<>();
        for (String text :
                String.valueOf(clusters.of(cluster).get("bootstrap.servers")).split(",")) {
            String subject = "Kafka " + word + ", bootstrap server " + text.strip();
            Optional<Endpoint> endpoint = Endpoint.of(text.strip());
            checks.add(
                    endpoint.isPresent()
                            ? new EndpointCheck(
                                    subject,
                                    endpoint.get(),
                                    Mark.WRONG,
                                    "start that broker, open the way to it, or correct " + key)
                            : new Unreadable(subject, key));
        }
        return checks;
    }

    /** No address. */
    private record Unreadable(String subject, String key) implements Check {
        @Override
        public List<Finding> find() {
            return List.of(Finding.wrong(subject, "no address", "host:port,host:port,…", "correct " + key));
        }
    }
}
