package identicom.receiver.simulation;

import identicom.receiver.progress.ProgressBook;
import identicom.schema.Cluster;
import identicom.schema.Topic;
import identicom.schema.v1.CriticalAcknowledgement;
import identicom.schema.v1.Event;
import identicom.schema.v1.PictureBlock;
import identicom.schema.v1.PictureIdentity;
import identicom.schema.v1.PictureProgress;
import identicom.schema.v1.Quarantined;
import identicom.schema.v1.Trust;
import identicom.wire.event.EventClass;
import identicom.wire.event.EventType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What units logged and what the clusters have of it, whoever knows of it; and what must hold each time that a cluster takes a
 * record, a station learns of it, or a unit deletes something.
 */
final class Journal {
    private static final Runnable NOTHING = () -> {};

    /** One event. Of stations, those that hold the bit of their number. */
    private static final class Fact {
        private final EventClass eventClass;
        private boolean onMain;
        private boolean onPriority;
        private long toldDurable;
        private long bySteady;
        private boolean quarantinedOnMain;
        private boolean quarantinedOnPriority;

        Fact(EventClass eventClass) {
            this.eventClass = eventClass;
        }
    }

    private final World world;
    private final Map<Identity, Fact> facts = new LinkedHashMap<>();
    private final Map<PictureIdentity, PictureModel> pictures = new HashMap<>();
    private final Set<Identity> strangers = new HashSet<>();

    Journal(World world) {
        this.world = world;
    }

    void logged(Identity identity, EventType type) {
        facts.put(identity, new Fact(type.eventClass()));
    }

    void taken(String serial, PictureModel picture) {
        pictures.put(ProgressBook.identity(serial, picture.entry()), picture);
    }

    /** It was pushed by a stranger over a good line, to a station that nothing ails. */
    void mustBeQuarantined(Identity identity) {
        strangers.add(identity);
    }

    /** A unit deletes it, as it was told. */
    void deleted(Identity identity, SimulatedStation told) {
        Fact fact = fact(identity);
        world.require(fact.onMain, () -> "deleted, and main does not have it: " + text(identity));
        world.require(
                (fact.toldDurable & told.bit()) != 0,
                () -> "deleted, and main had not acknowledged it to " + told.name() + ": " + text(identity));
        world.count(Reached.EVENT_DELETED);
    }

    private Fact fact(Identity identity) {
        Fact fact = facts.get(identity);
        if (fact == null) {
            world.violated("no unit ever logged it: " + text(identity));
            return new Fact(EventClass.ROUTINE);
        }
        return fact;
    }

    private static String text(Identity identity) {
        return identity.serial() + " log " + identity.logId() + " sequence "
                + Integer.toUnsignedLong(identity.raw()
                        .asReadOnlyByteBuffer()
                        .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                        .getInt(0));
    }

    /** @return to be run when {@code by} learns that the cluster has it */
    Runnable event(Cluster cluster, Topic topic, Event event, SimulatedStation by) {
        Identity identity = new Identity(event.getSerial(), event.getLogId(), event.getRaw());
        Fact fact = fact(identity);
        world.require(topic == topicOf(fact.eventClass), () -> "on " + topic + ": " + text(identity));
        boolean ours = world.fleet.everOurs(event.getSerial());
        world.require(
                event.getTrust() == Trust.WHITELISTED
                        ? ours
                        : event.getTrust() == Trust.UNVERIFIED && fact.eventClass == EventClass.CRITICAL,
                () -> "stored as " + event.getTrust() + ": " + text(identity));
        if (cluster == Cluster.PRIORITY) {
            fact.onPriority = true;
            return NOTHING;
        }
        fact.onMain = true;
        fact.bySteady |= by.bit();
        return () -> fact.toldDurable |= by.bit();
    }

    private static Topic topicOf(EventClass eventClass) {
        return switch (eventClass) {
            case ROUTINE -> Topic.EVENTS_ROUTINE;
            case HIGH -> Topic.EVENTS_HIGH;
            case CRITICAL -> Topic.EVENTS_CRITICAL;
        };
    }

    void quarantined(Cluster cluster, Quarantined record) {
        for (Event event : record.getEventsList()) {
            Fact fact = fact(new Identity(event.getSerial(), event.getLogId(), event.getRaw()));
            fact.quarantinedOnMain |= cluster == Cluster.MAIN;
            fact.quarantinedOnPriority |= cluster == Cluster.PRIORITY;
        }
    }

    /** A session record says when clusters acknowledged critical events. */
    void claimed(String serial, List<CriticalAcknowledgement> claims) {
        for (CriticalAcknowledgement claim : claims) {
            Identity identity = new Identity(serial, claim.getLogId(), claim.getRaw());
            Fact fact = fact(identity);
            world.require(claim.getMainAtUs() == 0 || fact.onMain, () -> "told as being at main: " + text(identity));
            world.require(
                    claim.getPriorityAtUs() == 0 || fact.onPriority,
                    () -> "told as being at priority: " + text(identity));
        }
    }

    /** @return to be run when a station learns that main has it */
    Runnable block(PictureBlock block) {
        PictureModel picture = picture(block.getIdentity());
        if (picture == null) {
            return NOTHING;
        }
        byte[] data = block.getData().toByteArray();
        world.require(
                picture.hasAt(block.getOffset(), data),
                () -> "bytes that the picture does not have at " + block.getOffset() + ": " + block.getIdentity());
        return () -> picture.acknowledged(block.getReading(), block.getOffset(), data.length);
    }

    void progress(PictureProgress progress) {
        PictureModel picture = picture(progress.getIdentity());
        if (picture == null) {
            return;
        }
        int offset = progress.getDurableOffset();
        world.require(
                offset <= picture.durable(progress.getReading()),
                () -> "progress " + offset + " of a picture, durable " + picture.durable(progress.getReading()));
        world.require(
                progress.getRunningCrc32() == (int) picture.crc(offset),
                () -> "progress with a wrong CRC at " + offset);
        world.require(!progress.getCorrupt() || picture.lies(), () -> "a good picture told as corrupt");
        picture.saved(offset);
    }

    void gone(PictureIdentity identity) {
        PictureModel picture = picture(identity);
        world.require(
                picture == null || picture.deleted(), () -> "progress forgotten of a picture that its unit holds");
    }

    private @Nullable PictureModel picture(PictureIdentity identity) {
        PictureModel picture = pictures.get(identity);
        world.require(picture != null, () -> "no unit ever took " + identity);
        return picture;
    }

    /** @param steady bits of the stations that never died; with {@code priorityWell} they owe it every critical event */
    void checkEnd(long steady, boolean priorityWell) {
        facts.forEach((identity, fact) -> {
            boolean owed = priorityWell && fact.eventClass == EventClass.CRITICAL && (fact.bySteady & steady) != 0;
            world.require(!owed || fact.onPriority, () -> "critical, and priority does not have it: " + text(identity));
        });
        for (Identity identity : strangers) {
            Fact fact = fact(identity);
            world.require(
                    fact.quarantinedOnMain && fact.quarantinedOnPriority,
                    () -> "pushed by a stranger and not in both quarantines: " + text(identity));
        }
    }
}
