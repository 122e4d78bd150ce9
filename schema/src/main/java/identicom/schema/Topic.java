package identicom.schema;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Every Kafka topic: where it stands and with which settings. Records are the messages of {@code identicom.schema.v1}; the key
 * is the serial's UTF-8 bytes unless the message says otherwise.
 */
public enum Topic {
    /** {@code Event} of class critical. */
    EVENTS_CRITICAL("identicom.events.critical", Where.BOTH, 12, Keep.days(31)),
    /** {@code Event} of class high. */
    EVENTS_HIGH("identicom.events.high", Where.MAIN, 6, Keep.days(31)),
    /** {@code Event} of class routine. */
    EVENTS_ROUTINE("identicom.events.routine", Where.MAIN, 12, Keep.days(31)),
    /** {@code PictureBlock}. */
    PICTURES("identicom.pictures", Where.MAIN, 12, Keep.days(31)),
    /** {@code PictureProgress}, the last of each picture. */
    PICTURE_PROGRESS("identicom.picture-progress", Where.MAIN, 6, Keep.lastOfEachKey()),
    /** {@code SessionRecord}. */
    SESSIONS("identicom.sessions", Where.MAIN, 12, Keep.days(31)),
    /** {@code UnitRecord}, the last of each unit. */
    UNITS("identicom.units", Where.MAIN, 6, Keep.lastOfEachKey()),
    /** {@code Command}. */
    COMMANDS("identicom.commands", Where.MAIN, 6, Keep.days(31)),
    /** {@code CommandResult}. */
    COMMAND_RESULTS("identicom.command-results", Where.MAIN, 6, Keep.days(31)),
    /** {@code Quarantined}. Larger than other topics' records: a poison record stands in it whole. */
    QUARANTINE("identicom.quarantine", Where.BOTH, 6, Keep.days(90)),
    /** {@code KeyRecord}, the last of each key. One partition: a key stands before whatever was signed with it. */
    KEYS("identicom.keys", Where.BOTH, 1, Keep.lastOfEachKey()),
    /** {@code AuditEntry}. */
    AUDIT("identicom.audit", Where.MAIN, 3, Keep.days(90));

    /** Largest record of any topic but {@link #QUARANTINE}, in bytes: Kafka's own default. */
    public static final int MAX_RECORD_BYTES = 1_048_588;

    /** Largest record of {@link #QUARANTINE}, in bytes: the largest of another topic with what is said of it. */
    public static final int MAX_QUARANTINE_RECORD_BYTES = 2 * 1_048_576;

    private final String topicName;
    private final Set<Cluster> clusters;
    private final int partitions;
    private final Keep keep;

    Topic(String topicName, Set<Cluster> clusters, int partitions, Keep keep) {
        this.topicName = topicName;
        this.clusters = clusters;
        this.partitions = partitions;
        this.keep = keep;
    }

    /** The topic of that name. */
    public static Optional<Topic> byName(String topicName) {
        for (Topic topic : values()) {
            if (topic.topicName.equals(topicName)) {
                return Optional.of(topic);
            }
        }
        return Optional.empty();
    }

    /** Every topic that stands on that cluster. */
    public static List<Topic> on(Cluster cluster) {
        return Arrays.stream(values())
                .filter(topic -> topic.clusters.contains(cluster))
                .toList();
    }

    /** The name in Kafka, such as {@code identicom.events.critical}. */
    public String topicName() {
        return topicName;
    }

    /** The clusters it stands on. */
    public Set<Cluster> clusters() {
        return clusters;
    }

    /** Number of partitions. Never changed once records stand in it: a serial's order hangs on it. */
    public int partitions() {
        return partitions;
    }

    /** Only the last record of each key is kept, for good. */
    public boolean compacted() {
        return keep instanceof Keep.LastOfEachKey;
    }

    /** How long records are kept; empty for a compacted topic. */
    public Optional<Duration> retention() {
        return keep instanceof Keep.For(Duration time) ? Optional.of(time) : Optional.empty();
    }

    /** The topic's settings at the brokers, by Kafka's names. */
    public Map<String, String> settings(Profile profile) {
        Map<String, String> settings = new TreeMap<>();
        settings.putAll(keep.settings());
        settings.put("max.message.bytes", Integer.toString(maxRecordBytes()));
        settings.put("unclean.leader.election.enable", "false");
        settings.putAll(
                switch (profile) {
                    case EMBEDDED -> Map.of("min.insync.replicas", "1", "flush.messages", "1");
                    case PRODUCTION -> Map.of("min.insync.replicas", "2");
                });
        return Collections.unmodifiableMap(settings);
    }

    /** Largest record the brokers take, in bytes. */
    public int maxRecordBytes() {
        return this == QUARANTINE ? MAX_QUARANTINE_RECORD_BYTES : MAX_RECORD_BYTES;
    }

    private static final class Where {
        static final Set<Cluster> MAIN = Collections.unmodifiableSet(EnumSet.of(Cluster.MAIN));
        static final Set<Cluster> BOTH = Collections.unmodifiableSet(EnumSet.allOf(Cluster.class));
    }

    private sealed interface Keep {
        Map<String, String> settings();

        static Keep days(int days) {
            return new For(Duration.ofDays(days));
        }

        static Keep lastOfEachKey() {
            return new LastOfEachKey();
        }

        record For(Duration time) implements Keep {
            @Override
            public Map<String, String> settings() {
                return Map.of(
                        "cleanup.policy", "delete",
                        "retention.ms", Long.toString(time.toMillis()),
                        "retention.bytes", "-1");
            }
        }

        /**
         * A tombstone stays for a week: a reader that kept its state on disk and was away for less still hears of it. The newest
         * minute is never compacted, so that a follower under way sees each change; a day-old one always is.
         */
        record LastOfEachKey() implements Keep {
            @Override
            public Map<String, String> settings() {
                return Map.of(
                        "cleanup.policy", "compact",
                        "delete.retention.ms", Long.toString(Duration.ofDays(7).toMillis()),
                        "min.compaction.lag.ms",
                                Long.toString(Duration.ofMinutes(1).toMillis()),
                        "max.compaction.lag.ms",
                                Long.toString(Duration.ofDays(1).toMillis()),
                        "min.cleanable.dirty.ratio", "0.2",
                        "segment.ms", Long.toString(Duration.ofDays(1).toMillis()));
            }
        }
    }
}
