package identicom.receiver.simulation;

import com.google.protobuf.InvalidProtocolBufferException;
import identicom.schema.Cluster;
import identicom.schema.Topic;
import identicom.schema.v1.CommandResult;
import identicom.schema.v1.Event;
import identicom.schema.v1.PictureBlock;
import identicom.schema.v1.PictureIdentity;
import identicom.schema.v1.PictureProgress;
import identicom.schema.v1.Quarantined;
import identicom.schema.v1.SessionRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** A Kafka cluster. What it takes it has, whether or not anybody hears of it; what ails it is its mood. */
final class SimulatedCluster {
    enum Mood {
        WELL,
        /** Takes and acknowledges records after up to 9 s. */
        SLOW,
        /** Takes nothing and says nothing. */
        SILENT,
        /** Answers questions about itself, and producers never. */
        MUTE,
        /** Takes records, but of some the acknowledgement never comes. */
        FORGETFUL,
        /** Refuses every record. */
        REFUSING
    }

    private final World world;
    private final Cluster cluster;
    private final Map<Topic, List<ConsumerRecord<byte[], byte[]>>> followed = new EnumMap<>(Topic.class);
    private final List<Runnable> untilItAnswers = new ArrayList<>();
    private Mood mood = Mood.WELL;
    private boolean alwaysWell = true;

    SimulatedCluster(World world, Cluster cluster) {
        this.world = world;
        this.cluster = cluster;
        for (Topic topic :
                List.of(Topic.UNITS, Topic.SESSIONS, Topic.PICTURE_PROGRESS, Topic.COMMANDS, Topic.COMMAND_RESULTS)) {
            followed.put(topic, new ArrayList<>());
        }
    }

    Mood mood() {
        return mood;
    }

    boolean alwaysWell() {
        return alwaysWell;
    }

    void feel(Mood now) {
        world.trace.note(cluster.word(), "is " + now, 0);
        mood = now;
        alwaysWell &= now == Mood.WELL;
        if (takes()) {
            List<Runnable> waiting = new ArrayList<>(untilItAnswers);
            untilItAnswers.clear();
            waiting.forEach(Runnable::run);
        }
    }

    /** Whether a question about its metadata is answered. */
    boolean answers() {
        return mood != Mood.SILENT;
    }

    boolean takes() {
        return mood != Mood.SILENT && mood != Mood.MUTE;
    }

    /** Runs {@code then} when producers are answered again. */
    void onceItTakes(Runnable then) {
        untilItAnswers.add(then);
    }

    long delay() {
        return mood == Mood.SLOW ? world.dice.millis(0, 9_000) : world.dice.micros(100, 4_000);
    }

    /** @return to be run when {@code by} learns of it */
    Runnable take(Topic topic, byte[] key, byte @Nullable [] value, SimulatedStation by) {
        world.trace.note(cluster.word(), topic.topicName(), value == null ? 0 : value.length);
        try {
            Runnable learnt = taken(topic, key, value, by);
            if (followed.containsKey(topic)) {
                append(topic, key, value);
            }
            return learnt;
        } catch (InvalidProtocolBufferException e) {
            world.violated("a record of " + topic + " that is none: " + e.getMessage());
            return () -> {};
        }
    }

    private Runnable taken(Topic topic, byte[] key, byte @Nullable [] value, SimulatedStation by)
            throws InvalidProtocolBufferException {
        Journal journal = world.journal;
        switch (topic) {
            case EVENTS_CRITICAL, EVENTS_HIGH, EVENTS_ROUTINE -> {
                Event event = Event.parseFrom(value);
                world.require(
                        event.getSerial().equals(new String(key, StandardCharsets.UTF_8)),
                        () -> "an event of " + event.getSerial() + " under another key");
                return journal.event(cluster, topic, event, by);
            }
            case PICTURES -> {
                return journal.block(PictureBlock.parseFrom(value));
            }
            case PICTURE_PROGRESS -> {
                if (value == null) {
                    journal.gone(PictureIdentity.parseFrom(key));
                } else {
                    journal.progress(PictureProgress.parseFrom(value));
                }
            }
            case SESSIONS -> {
                SessionRecord record = SessionRecord.parseFrom(value);
                by.heard().taken(record);
                journal.claimed(record.getSerial(), record.getProgressed().getCriticalList());
                journal.claimed(record.getSerial(), record.getClosed().getCriticalList());
            }
            case COMMAND_RESULTS -> world.orders.told(CommandResult.parseFrom(value));
            case QUARANTINE -> journal.quarantined(cluster, Quarantined.parseFrom(value));
            default -> world.violated("a record on " + topic);
        }
        return () -> {};
    }

    void append(Topic topic, byte[] key, byte @Nullable [] value) {
        List<ConsumerRecord<byte[], byte[]>> log = log(topic);
        log.add(new ConsumerRecord<>(topic.topicName(), 0, log.size(), key, value));
        world.stations().forEach(SimulatedStation::follow);
    }

    /** All of the topic. */
    List<ConsumerRecord<byte[], byte[]>> log(Topic topic) {
        return followed.get(topic);
    }
}
