package identicom.receiver.metrics;

import identicom.receiver.session.EndReason;
import identicom.receiver.session.Misstep;
import identicom.receiver.session.PictureOutcome;
import identicom.receiver.session.Verdict;
import identicom.runtime.process.Metrics;
import identicom.wire.codec.MessageType;
import identicom.wire.event.EventClass;
import identicom.wire.fault.Fault;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** Every meter of a station. Labels come from enums only, never from a unit. Any thread. */
public final class ReceiverMetrics {
    /** Why a connection was not served to its end. */
    public enum Drop {
        /** No room, and nobody unidentified to make it. */
        FULL,
        /** An unidentified connection made room. */
        MADE_ROOM,
        /** Too many unidentified connections. */
        UNIDENTIFIED
    }

    /** Faults of the stream's head that no frame is. */
    public enum ProxyFault {
        /** A trusted load balancer sent no PROXY protocol version 2 header. */
        MISSING,
        /** The header is malformed or longer than allowed. */
        MALFORMED,
        /** A header came from an address that is no trusted load balancer's. */
        UNTRUSTED
    }

    /** How a look-up in the database ended. */
    public enum Lookup {
        FOUND,
        NOT_FOUND,
        OVER_RATE,
        FAILED
    }

    /** Who in memory knew a serial. */
    public enum Hit {
        /** The last known list: the unit is commissioned. */
        LIST,
        /** The refusals of the last moments. */
        REFUSALS
    }

    private final MeterRegistry registry;
    private final Map<MessageType, Counter> frames;
    private final Map<Fault, Counter> faults;
    private final Map<Misstep, Counter> missteps;
    private final Map<ProxyFault, Counter> proxyFaults;
    private final Map<EndReason, Counter> ended;
    private final Map<Drop, Counter> dropped;
    private final Map<Verdict.Standing, Counter> verdicts;
    private final Map<Lookup, Counter> lookups;
    private final Map<Hit, Counter> hits;
    private final Counter misses;
    private final Map<EventClass, Counter> events;
    private final Map<EventClass, Timer> durable;
    private final Map<Outlet, Timer> acknowledged;
    private final Map<Outlet, Counter> lost;
    private final Map<PictureOutcome, Counter> pictures;
    private final Counter pictureBlocks;
    private final Counter pictureBytes;
    private final Counter deletes;
    private final Counter droppedWhileSilent;
    private final Counter rests;

    public ReceiverMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.frames =
                counters(MessageType.class, "identicom.receiver.frames", "Well-formed frames read and sent", "type");
        this.faults = counters(Fault.class, "identicom.receiver.faults", "Bytes that broke the protocol", "kind");
        this.missteps =
                counters(Misstep.class, "identicom.receiver.missteps", "Messages that did not belong there", "kind");
        this.proxyFaults = counters(
                ProxyFault.class,
                "identicom.receiver.proxy.faults",
                "PROXY headers missing, malformed, or from where none may come",
                "kind");
        this.ended = counters(EndReason.class, "identicom.receiver.sessions.ended", "Sessions that ended", "reason");
        this.dropped = counters(Drop.class, "identicom.receiver.connections.dropped", "Connections dropped", "why");
        this.verdicts =
                counters(Verdict.Standing.class, "identicom.receiver.verdicts", "What the whitelist said", "standing");
        this.lookups =
                counters(Lookup.class, "identicom.receiver.lookups", "Whitelist look-ups in the database", "outcome");
        this.hits = counters(
                Hit.class, "identicom.receiver.whitelist.hits", "Serials that were known from memory", "where");
        this.misses = Counter.builder("identicom.receiver.whitelist.misses")
                .description("Serials that were not known from memory")
                .register(registry);
        this.events = counters(EventClass.class, "identicom.receiver.events", "Events taken from units", "class");
        this.lost = counters(Outlet.class, "identicom.receiver.lost", "Records that a cluster did not take", "outlet");
        this.durable = each(
                EventClass.class,
                eventClass -> Metrics.latency("identicom.receiver.time.to.durable")
                        .description("From the reading of an event's frame to main's acknowledgement")
                        .tag("class", word(eventClass))
                        .register(registry));
        this.acknowledged = each(
                Outlet.class,
                outlet -> Timer.builder("identicom.receiver.acknowledged")
                        .description("From a record's hand-over to its acknowledgement")
                        .tag("outlet", outlet.word())
                        .publishPercentileHistogram()
                        .register(registry));
        this.pictures =
                counters(PictureOutcome.class, "identicom.receiver.pictures", "What became of pictures", "outcome");
        this.pictureBlocks = Counter.builder("identicom.receiver.picture.blocks")
                .description("Blocks of pictures taken from units")
                .register(registry);
        this.pictureBytes = Counter.builder("identicom.receiver.picture.bytes")
                .description("Bytes of pictures taken from units")
                .register(registry);
        this.deletes = Counter.builder("identicom.receiver.deletes")
                .description("Deletes that units confirmed")
                .register(registry);
        this.droppedWhileSilent = Counter.builder("identicom.receiver.dropped.while.silent")
                .description("Events not kept because main was silent; the units keep them")
                .register(registry);
        this.rests = Counter.builder("identicom.receiver.rests")
                .description(
                        "Times that a session was not read from for a while because its critical events came too fast")
                .register(registry);
    }

    /** A session is not read from for a while: its critical events came too fast. */
    public void rested() {
        rests.increment();
    }

    public void untold(IntSupplier serials) {
        Gauge.builder("identicom.receiver.untold", serials::getAsInt)
                .description("Serials of which main does not know yet when they were last heard")
                .register(registry);
    }

    /** A whole frame of this type was read, or sent. */
    public void frame(MessageType type) {
        count(frames, type);
    }

    public void fault(Fault fault) {
        count(faults, fault);
    }

    public void misstep(Misstep misstep) {
        count(missteps, misstep);
    }

    public void proxyFault(ProxyFault fault) {
        count(proxyFaults, fault);
    }

    public void ended(EndReason reason) {
        count(ended, reason);
    }

    public void dropped(Drop why) {
        count(dropped, why);
    }

    public void verdict(Verdict.Standing standing) {
        count(verdicts, standing);
    }

    public void lookup(Lookup outcome) {
        count(lookups, outcome);
    }

    public void hit(Hit where) {
        count(hits, where);
    }

    public void missed() {
        misses.increment();
    }

    public void event(EventClass eventClass) {
        count(events, eventClass);
    }

    /** Main has acknowledged an event so many microseconds after its frame was read; below 0, by a clock put back, counts as 0. */
    public void durable(EventClass eventClass, long micros) {
        Timer timer = durable.get(eventClass);
        if (timer != null) {
            timer.record(Math.max(0, micros), TimeUnit.MICROSECONDS);
        }
    }

    public void acknowledged(Outlet outlet, long nanos) {
        Timer timer = acknowledged.get(outlet);
        if (timer != null) {
            timer.record(nanos, TimeUnit.NANOSECONDS);
        }
    }

    public void lost(Outlet outlet) {
        count(lost, outlet);
    }

    public void deleted() {
        deletes.increment();
    }

    public void picture(PictureOutcome outcome) {
        count(pictures, outcome);
    }

    /** A record of {@code bytes} of a picture was published; 0 for one that only tells of it. */
    public void pictureBlock(int bytes) {
        if (bytes > 0) {
            pictureBlocks.increment();
            pictureBytes.increment(bytes);
        }
    }

    public void droppedWhileSilent() {
        droppedWhileSilent.increment();
    }

    /** Shows {@code value} as the connections that are open. */
    public void connections(Supplier<Number> value) {
        gauge("identicom.receiver.connections", "Connections open", value);
    }

    /** Shows {@code value} as the units being served. */
    public void sessions(Supplier<Number> value) {
        gauge("identicom.receiver.sessions", "Units being served", value);
    }

    /** Shows {@code value} as the units on the list. */
    public void units(Supplier<Number> value) {
        gauge("identicom.receiver.whitelist.units", "Units on the last known list", value);
    }

    /** Shows {@code seconds} as how long ago the list was last known to be right. */
    public void listAge(Supplier<Number> seconds) {
        Gauge.builder("identicom.receiver.whitelist.age", seconds)
                .description("How long ago the list was last known to be right")
                .baseUnit("seconds")
                .register(registry);
    }

    /** Shows {@code value} as what waits in an outlet's queue. */
    public void queued(Outlet outlet, Supplier<Number> value) {
        Gauge.builder("identicom.receiver.queued", value)
                .description("Records waiting for their producer")
                .tag("outlet", outlet.word())
                .register(registry);
    }

    private void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).register(registry);
    }

    private <E extends Enum<E>> Map<E, Counter> counters(Class<E> type, String name, String description, String label) {
        return each(
                type,
                constant -> Counter.builder(name)
                        .description(description)
                        .tag(label, word(constant))
                        .register(registry));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static <E extends Enum<E>, T> Map<E, T> each(Class<E> type, Function<E, T> make) {
        Map<E, T> made = new EnumMap<>(type);
        for (E constant : type.getEnumConstants()) {
            made.put(constant, make.apply(constant));
        }
        return made;
    }

    private static <E extends Enum<E>> void count(Map<E, Counter> counters, E which) {
        Counter counter = counters.get(which);
        if (counter != null) {
            counter.increment();
        }
    }
}
