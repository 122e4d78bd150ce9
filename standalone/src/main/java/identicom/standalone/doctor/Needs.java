package identicom.standalone.doctor;

import static identicom.schema.Topic.AUDIT;
import static identicom.schema.Topic.COMMANDS;
import static identicom.schema.Topic.COMMAND_RESULTS;
import static identicom.schema.Topic.EVENTS_CRITICAL;
import static identicom.schema.Topic.EVENTS_HIGH;
import static identicom.schema.Topic.EVENTS_ROUTINE;
import static identicom.schema.Topic.KEYS;
import static identicom.schema.Topic.PICTURES;
import static identicom.schema.Topic.PICTURE_PROGRESS;
import static identicom.schema.Topic.QUARANTINE;
import static identicom.schema.Topic.SESSIONS;
import static identicom.schema.Topic.UNITS;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;

import identicom.schema.Cluster;
import identicom.schema.Topic;
import identicom.standalone.process.ServiceKind;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.acl.AclOperation;

/** What services do at the clusters: what they must be allowed at each topic, and the groups they read with. */
final class Needs {
    private final Map<Cluster, Map<Topic, Set<AclOperation>>> topics = new EnumMap<>(Cluster.class);
    private final Map<Cluster, Set<String>> groups = new EnumMap<>(Cluster.class);

    private Needs() {
        for (Cluster cluster : Cluster.values()) {
            topics.put(cluster, new EnumMap<>(Topic.class));
            groups.put(cluster, new TreeSet<>());
        }
    }

    static Needs of(Set<ServiceKind> services) {
        Needs needs = new Needs();
        for (Cluster cluster : Cluster.values()) {
            needs.at(cluster, READ, KEYS);
            needs.at(cluster, WRITE, QUARANTINE);
        }
        services.forEach(needs::add);
        return needs;
    }

    /** What must be allowed at the topics of that cluster; a topic that is not used is absent. */
    Map<Topic, Set<AclOperation>> topics(Cluster cluster) {
        return topics.get(cluster);
    }

    /** Ids of the groups in which that cluster is read. */
    Set<String> groups(Cluster cluster) {
        return groups.get(cluster);
    }

    private void add(ServiceKind service) {
        switch (service) {
            case RECEIVER -> receiver();
            case ALERT_SERVICE -> alertService();
            case LOG_SERVICE -> {
                at(Cluster.MAIN, READ, EVENTS_CRITICAL, EVENTS_HIGH, EVENTS_ROUTINE, AUDIT);
                at(Cluster.MAIN, WRITE, AUDIT);
                in(Cluster.MAIN, "identicom-log-events", "identicom-log-audit");
            }
            case FLEET_SERVICE -> {
                at(Cluster.MAIN, READ, EVENTS_CRITICAL, EVENTS_HIGH, EVENTS_ROUTINE, SESSIONS, COMMAND_RESULTS);
                at(Cluster.MAIN, WRITE, UNITS, COMMANDS, AUDIT, KEYS);
                at(Cluster.PRIORITY, WRITE, KEYS);
                in(
                        Cluster.MAIN,
                        "identicom-fleet-events",
                        "identicom-fleet-sessions",
                        "identicom-fleet-command-results");
            }
            case MEDIA_SERVICE -> {
                at(Cluster.MAIN, READ, PICTURES);
                at(Cluster.MAIN, WRITE, AUDIT);
                in(Cluster.MAIN, "identicom-media-pictures");
            }
        }
    }

    private void receiver() {
        at(Cluster.MAIN, READ, UNITS, SESSIONS, PICTURE_PROGRESS, COMMANDS, COMMAND_RESULTS);
        at(Cluster.MAIN, WRITE, EVENTS_CRITICAL, EVENTS_HIGH, EVENTS_ROUTINE, SESSIONS, PICTURES, PICTURE_PROGRESS);
        at(Cluster.MAIN, WRITE, COMMAND_RESULTS);
        at(Cluster.PRIORITY, WRITE, EVENTS_CRITICAL);
    }

    private void alertService() {
        for (Cluster cluster : Cluster.values()) {
            at(cluster, READ, EVENTS_CRITICAL, QUARANTINE);
            in(cluster, "alert-service-critical", "alert-service-quarantine");
        }
        at(Cluster.MAIN, READ, EVENTS_HIGH, EVENTS_ROUTINE, SESSIONS, UNITS);
        at(Cluster.MAIN, WRITE, AUDIT);
        in(
                Cluster.MAIN,
                "alert-service-units",
                "alert-service-sessions",
                "alert-service-unit-state",
                "alert-service-journey");
    }

    private void at(Cluster cluster, AclOperation operation, Topic... used) {
        for (Topic topic : used) {
            topics.get(cluster)
                    .computeIfAbsent(topic, unused -> EnumSet.of(DESCRIBE))
                    .add(operation);
        }
    }

    private void in(Cluster cluster, String... read) {
        groups.get(cluster).addAll(Set.of(read));
    }
}
