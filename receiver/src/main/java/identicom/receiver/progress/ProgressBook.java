package identicom.receiver.progress;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.protobuf.InvalidProtocolBufferException;
import identicom.receiver.session.PicturePosition;
import identicom.schema.v1.PictureIdentity;
import identicom.schema.v1.PictureProgress;
import identicom.wire.message.PictureEntry;
import java.time.Duration;
import java.util.Comparator;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far each picture under way is durable, by {@code identicom.picture-progress}: records of any station as they are read, and
 * this station's own as soon as main has them. Any thread.
 *
 * <p>Of two records of one picture the further one counts, whatever order they come in: each of them is true. Bounded; a
 * picture that falls out is read again from its start, and nothing is lost by it. A record that is no possible one counts as
 * none.
 */
public final class ProgressBook {
    private static final Logger LOG = LoggerFactory.getLogger(ProgressBook.class);
    private static final Comparator<PictureProgress> FURTHER = Comparator.comparing(PictureProgress::getCorrupt)
            .thenComparingInt(PictureProgress::getReading)
            .thenComparing(PictureProgress::getDurableOffset, Integer::compareUnsigned);

    private final Cache<PictureIdentity, PictureProgress> pictures;
    private final PictureSettings settings;
    private final BooleanSupplier caughtUp;

    /** @param caughtUp whether the topic was read to where it ended when the station started */
    public ProgressBook(PictureSettings settings, BooleanSupplier caughtUp) {
        this.settings = settings;
        this.caughtUp = caughtUp;
        this.pictures =
                Caffeine.newBuilder().maximumSize(settings.maxProgress()).build();
    }

    /** A record of the topic was read. */
    public void apply(ConsumerRecord<byte[], byte[]> record) {
        try {
            if (record.value() == null) {
                forget(PictureIdentity.parseFrom(record.key()));
            } else {
                note(PictureProgress.parseFrom(record.value()));
            }
        } catch (InvalidProtocolBufferException e) {
            LOG.warn("No picture progress at partition {} offset {}: left out", record.partition(), record.offset());
        }
    }

    /** Main has this record. */
    public void note(PictureProgress progress) {
        pictures.asMap()
                .merge(progress.getIdentity(), progress, (old, now) -> FURTHER.compare(old, now) > 0 ? old : now);
    }

    /** The picture is gone. */
    public void forget(PictureIdentity picture) {
        pictures.invalidate(picture);
    }

    /** All that stood in the topic when the station started is known here. */
    public boolean caughtUp() {
        return caughtUp.getAsBoolean();
    }

    /** How long it is worth waiting for that. */
    public Duration patience() {
        return settings.progressWait();
    }

    /** Where the reading of this picture is to go on. */
    public PicturePosition position(String serial, PictureEntry picture) {
        PictureProgress known = pictures.getIfPresent(identity(serial, picture));
        return known == null || !possible(known, picture) ? PicturePosition.start(picture) : position(known, picture);
    }

    private static boolean possible(PictureProgress known, PictureEntry picture) {
        return (known.getReading() == PicturePosition.FIRST_READING
                        || known.getReading() == PicturePosition.SECOND_READING)
                && Integer.toUnsignedLong(known.getDurableOffset()) <= picture.size();
    }

    private static PicturePosition position(PictureProgress known, PictureEntry picture) {
        return new PicturePosition(
                picture,
                known.getReading(),
                Integer.toUnsignedLong(known.getDurableOffset()),
                Integer.toUnsignedLong(known.getRunningCrc32()),
                known.getCorrupt());
    }

    /** What makes the picture the same picture, in the records. */
    public static PictureIdentity identity(String serial, PictureEntry picture) {
        return PictureIdentity.newBuilder()
                .setSerial(serial)
                .setPicture(picture.picture())
                .setTakenS((int) picture.takenSeconds())
                .setSize((int) picture.size())
                .setCrc32((int) picture.crc32())
                .build();
    }

    /** Its record; the station's name and the time are the writer's. */
    public static PictureProgress progress(String serial, PicturePosition position, String station, long atUs) {
        return PictureProgress.newBuilder()
                .setIdentity(identity(serial, position.picture()))
                .setDurableOffset((int) position.offset())
                .setRunningCrc32((int) position.crc())
                .setReading(position.reading())
                .setCorrupt(position.corrupt())
                .setStation(station)
                .setAtUs(atUs)
                .build();
    }
}
