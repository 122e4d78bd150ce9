package identicom.standalone.doctor;

import identicom.runtime.kafka.Clusters;
import identicom.schema.Cluster;
import identicom.schema.Profile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;

/** One cluster: its brokers, its topics, and what may be done there. What cannot be asked is said to be skipped. */
final class KafkaCheck implements Check {
    private static final Map<String, Object> LIMITS =
            Map.of("request.timeout.ms", 4_000, "default.api.timeout.ms", 8_000);

    private final Cluster cluster;
    private final Clusters clusters;
    private final Profile profile;
    private final Needs needs;
    private final CompletableFuture<String> id = new CompletableFuture<>();

    KafkaCheck(Cluster cluster, Clusters clusters, Profile profile, Needs needs) {
        this.cluster = cluster;
        this.clusters = clusters;
        this.profile = profile;
        this.needs = needs;
    }

    @Override
    public String subject() {
        return "Kafka " + cluster.word();
    }

    /** The cluster's id when it has answered; fails when it does not. */
    CompletableFuture<String> id() {
        return id;
    }

    @Override
    public List<Finding> find() throws InterruptedException {
        Admin admin;
        try {
            Map<String, Object> properties = clusters.admin(cluster, LIMITS);
            properties.put("client.id", "doctor-" + cluster.word());
            admin = Admin.create(properties);
        } catch (KafkaException e) {
            id.completeExceptionally(e);
            return List.of(
                    Finding.wrong(
                            subject(),
                            "no client can be made: " + Reason.of(e.getCause() == null ? e : e.getCause()),
                            "settings that Kafka's client takes",
                            "correct " + prefix() + "…, as the message says"),
                    unknown());
        }
        try {
            return find(admin);
        } catch (UnansweredException e) {
            id.completeExceptionally(e);
            return away(e.getCause());
        } finally {
            admin.close(Duration.ofSeconds(1));
        }
    }

    private List<Finding> find(Admin admin) throws UnansweredException, InterruptedException {
        Brokers brokers = Brokers.ask(admin);
        id.complete(brokers.clusterId());
        KafkaTools tools = KafkaTools.of(clusters, cluster);
        List<Finding> found = new ArrayList<>(brokers.findings(subject(), profile));
        Topics topics = Topics.ask(admin, cluster);
        found.addAll(topics.findings(new TopicRules(subject(), profile, tools)));
        found.addAll(new Permissions(subject(), profile, tools, needs, cluster).findings(admin, topics));
        return found;
    }

    private List<Finding> away(Throwable why) {
        String prefix = prefix();
        String advice = why instanceof AuthenticationException
                ? "correct what this program logs in with: " + prefix + "security.protocol, " + prefix + "sasl.…, "
                        + prefix + "ssl.…"
                : "start the brokers, or correct " + prefix + "bootstrap.servers; where they want TLS or a log-in, "
                        + prefix + "security.protocol says which";
        return List.of(
                Finding.wrong(subject(), "does not answer: " + Reason.of(why), "a cluster that answers", advice),
                unknown());
    }

    private Finding unknown() {
        return Finding.skipped(
                subject() + ", topics and permissions", "not looked at, because the cluster does not answer");
    }

    private String prefix() {
        return "kafka." + cluster.word() + ".";
    }
}
