package identicom.receiver.whitelist;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.protobuf.InvalidProtocolBufferException;
import identicom.receiver.metrics.ReceiverMetrics;
import identicom.receiver.session.Verdict;
import identicom.schema.v1.UnitRecord;
import identicom.schema.v1.UnitState;
import identicom.wire.message.Identification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which serials are ours: a cache filled from {@code identicom.units}; what is not in it is looked up in the database, on
 * threads of its own, within a time limit and at a limited rate. Of two versions of a unit the higher one wins.
 *
 * <p>Bounds: the cache, by evicting (what falls out is looked up); refusals, 10,000 for a second; look-ups by rate, beyond which
 * a serial counts as unregistered, and by their queue, beyond which it counts as unverified.
 */
public final class Whitelist implements Judge, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Whitelist.class);
    private static final int REFUSALS = 10_000;
    private static final long TOUCH_US = Duration.ofMinutes(1).toNanos() / 1_000;

    private final WhitelistSettings settings;
    private final Cache<String, Known> units;
    private final Cache<String, Verdict> refusals;
    private final TokenBucket rate;
    private final Lookups lookups;
    private final ListFile file;
    private final BooleanSupplier current;
    private final ReceiverMetrics metrics;
    private final LongSupplier nowUs;
    private final Object saving = new Object();
    private volatile Consumer<String> decommissioned = serial -> {};
    private volatile long rightAtUs;
    private volatile boolean changed;
    private long savedAtUs;

    /** @param current whether {@code identicom.units} was read to its end and its cluster answers: the list is right now */
    public Whitelist(
            WhitelistSettings settings,
            UnitLookup lookup,
            Path file,
            BooleanSupplier current,
            ReceiverMetrics metrics,
            LongSupplier nowUs) {
        this(
                settings,
                new LookupThreads(lookup, settings.lookupLimit()),
                file,
                current,
                metrics,
                nowUs,
                System::nanoTime);
    }

    Whitelist(
            WhitelistSettings settings,
            Lookups lookups,
            Path file,
            BooleanSupplier current,
            ReceiverMetrics metrics,
            LongSupplier nowUs,
            LongSupplier nanoTime) {
        this.settings = settings;
        this.lookups = lookups;
        this.file = new ListFile(file);
        this.current = current;
        this.metrics = metrics;
        this.nowUs = nowUs;
        this.units = Caffeine.newBuilder().maximumSize(settings.maxUnits()).build();
        this.refusals = Caffeine.newBuilder()
                .maximumSize(REFUSALS)
                .expireAfterWrite(settings.refusedFor())
                .ticker(nanoTime::getAsLong)
                .build();
        this.rate = new TokenBucket(settings.lookupsPerSecond(), nanoTime);
        metrics.units(units::estimatedSize);
        metrics.listAge(this::ageSeconds);
    }

    /** Takes the last known list from disk. */
    public void load() {
        KnownList list = file.read();
        list.units().forEach(this::learn);
        rightAtUs = Math.min(list.atUs(), nowUs.getAsLong());
        savedAtUs = rightAtUs;
        changed = false;
        LOG.info("{} units on the last known list", list.units().size());
    }

    /** {@code listener} hears of each serial that is on the list no longer. */
    public void onDecommissioned(Consumer<String> listener) {
        decommissioned = listener;
    }

    @Override
    public void judge(String serial, Consumer<Verdict> answer) {
        Known known = units.getIfPresent(serial);
        if (known != null && known.commissioned()) {
            metrics.hit(ReceiverMetrics.Hit.LIST);
            answer(whitelisted(listTimeUs()), answer);
            return;
        }
        Verdict refused = refusals.getIfPresent(serial);
        if (refused != null) {
            metrics.hit(ReceiverMetrics.Hit.REFUSALS);
            answer(refused, answer);
            return;
        }
        metrics.missed();
        if (!rate.take()) {
            metrics.lookup(ReceiverMetrics.Lookup.OVER_RATE);
            answer(Verdict.UNREGISTERED_UNASKED, answer);
            return;
        }
        ask(serial).thenAccept(verdict -> answer(verdict, answer));
    }

    private void answer(Verdict verdict, Consumer<Verdict> answer) {
        metrics.verdict(verdict.standing());
        answer.accept(verdict);
    }

    private CompletableFuture<Verdict> ask(String serial) {
        return lookups.find(serial)
                .handle((unit, failure) -> failure == null ? told(serial, unit) : untold(serial, failure));
    }

    private Verdict told(String serial, Optional<Known> unit) {
        unit.ifPresent(known -> learn(serial, known));
        Known newest = units.getIfPresent(serial);
        boolean commissioned = newest != null && newest.commissioned();
        metrics.lookup(commissioned ? ReceiverMetrics.Lookup.FOUND : ReceiverMetrics.Lookup.NOT_FOUND);
        if (commissioned) {
            return whitelisted(nowUs.getAsLong());
        }
        refusals.put(serial, Verdict.UNREGISTERED);
        return Verdict.UNREGISTERED;
    }

    /** Nobody could be asked: a serial known as decommissioned stays so, one that came meanwhile is served. */
    private Verdict untold(String serial, Throwable failure) {
        metrics.lookup(ReceiverMetrics.Lookup.FAILED);
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        LOG.debug("The whitelist could not be asked: {}", cause.toString());
        Known known = units.getIfPresent(serial);
        if (known == null) {
            return Verdict.UNVERIFIED;
        }
        return known.commissioned() ? whitelisted(listTimeUs()) : Verdict.UNREGISTERED;
    }

    private Verdict whitelisted(long rightUs) {
        return Verdict.whitelisted(
                rightUs + TimeUnit.NANOSECONDS.toMicros(settings.deleteAge().toNanos()));
    }

    private long listTimeUs() {
        if (current.getAsBoolean()) {
            rightAtUs = nowUs.getAsLong();
        }
        return rightAtUs;
    }

    /** How long ago the list was right; not a number before it ever was. */
    private double ageSeconds() {
        long atUs = listTimeUs();
        return atUs == 0 ? Double.NaN : Math.max(0, nowUs.getAsLong() - atUs) / 1e6;
    }

    /** One record of {@code identicom.units}. */
    public void apply(ConsumerRecord<byte[], byte[]> record) {
        String serial = new String(record.key(), StandardCharsets.UTF_8);
        if (!Identification.isSerial(serial)) {
            LOG.warn("No serial number at partition {} offset {}: left out", record.partition(), record.offset());
            return;
        }
        if (record.value() == null) {
            units.invalidate(serial);
            changed = true;
            decommissioned.accept(serial);
            return;
        }
        try {
            UnitRecord unit = UnitRecord.parseFrom(record.value());
            learn(serial, new Known(unit.getVersion(), unit.getState() == UnitState.COMMISSIONED));
        } catch (InvalidProtocolBufferException e) {
            LOG.warn(
                    "No unit record at {}-{} offset {}: left out", record.topic(), record.partition(), record.offset());
        }
    }

    private void learn(String serial, Known known) {
        Known newest = units.asMap().merge(serial, known, Known::newer);
        if (newest != known) {
            return;
        }
        changed = true;
        if (known.commissioned()) {
            refusals.invalidate(serial);
        } else {
            decommissioned.accept(serial);
        }
    }

    /** Writes the list where it changed, or was found right again since. Blocks. */
    public void save() {
        synchronized (saving) {
            long atUs = listTimeUs();
            if (atUs == 0 || !(changed || atUs - savedAtUs > TOUCH_US)) {
                return;
            }
            changed = false;
            try {
                file.write(new KnownList(atUs, new HashMap<>(units.asMap())));
                savedAtUs = atUs;
            } catch (IOException e) {
                changed = true;
                LOG.warn("The last known list could not be saved: {}", e.toString());
            }
        }
    }

    @Override
    public void close() {
        lookups.close();
        save();
    }
}
