package identicom.receiver.publish;

import identicom.receiver.metrics.Outlet;
import identicom.receiver.metrics.ReceiverMetrics;
import identicom.runtime.tracing.Span;
import identicom.runtime.tracing.Tracing;
import identicom.schema.Cluster;
import identicom.schema.Topic;
import identicom.schema.v1.CommandResult;
import identicom.schema.v1.Event;
import identicom.schema.v1.EventClass;
import identicom.schema.v1.PictureBlock;
import identicom.schema.v1.PictureIdentity;
import identicom.schema.v1.PictureProgress;
import identicom.schema.v1.Quarantined;
import identicom.schema.v1.SessionRecord;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/**
 * Routes what is published to the outlets, each with an {@link Outbox}. Critical events have outlets of their own, one for each
 * cluster, so nothing that goes on with anything else can hold them up. Who runs the outboxes is not settled here.
 *
 * <p>While main is silent, events that are not critical are dropped here, from memory: their units keep them. A critical event
 * is offered to both clusters whatever their state; each queue is bounded and lets go of what has waited too long. Of session
 * records that are let go it is kept when their units were last heard ({@link SessionDispatch}).
 */
class OutletPublisher implements Publisher, StationState {
    private final Map<Outlet, Outbox> outboxes = new EnumMap<>(Outlet.class);
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final ClusterPulse pulse;
    private final ReceiverMetrics metrics;
    private final LongSupplier nowUs;
    private final SessionDispatch sessions;
    private final TakenSpans taken;

    /** @param producers a new one for an outlet with each call */
    OutletPublisher(
            PublishSettings settings,
            ClusterPulse pulse,
            Function<Outlet, Producer<byte[], byte[]>> producers,
            ReceiverMetrics metrics,
            Tracing tracing,
            LongSupplier nowUs,
            LongSupplier nanoTime) {
        this.taken = new TakenSpans(tracing);
        this.metrics = metrics;
        this.nowUs = nowUs;
        this.pulse = pulse;
        pulse.onChange(this::changed);
        for (Outlet outlet : Outlet.values()) {
            BooleanSupplier useless = outlet.urgent() ? () -> false : () -> pulse.silent(outlet.cluster());
            outboxes.put(
                    outlet,
                    new Outbox(
                            outlet,
                            topicOf(outlet).topicName(),
                            queueOf(outlet, settings),
                            outlet.urgent() ? settings.criticalTimeout() : settings.bulkTimeout(),
                            settings.flush(),
                            () -> producers.apply(outlet),
                            useless,
                            this::changed,
                            metrics,
                            nanoTime));
        }
        this.sessions = new SessionDispatch(
                outbox(Outlet.SESSIONS),
                () -> pulse.silent(Cluster.MAIN),
                this::nowhere,
                nowUs,
                SessionDispatch.MOST_UNTOLD);
        metrics.untold(sessions::untold);
    }

    private static Topic topicOf(Outlet outlet) {
        return switch (outlet) {
            case CRITICAL_MAIN, CRITICAL_PRIORITY -> Topic.EVENTS_CRITICAL;
            case HIGH -> Topic.EVENTS_HIGH;
            case ROUTINE -> Topic.EVENTS_ROUTINE;
            case SESSIONS -> Topic.SESSIONS;
            case PICTURES -> Topic.PICTURES;
            case PICTURE_PROGRESS -> Topic.PICTURE_PROGRESS;
            case COMMAND_RESULTS -> Topic.COMMAND_RESULTS;
            case QUARANTINE_MAIN, QUARANTINE_PRIORITY -> Topic.QUARANTINE;
        };
    }

    private static int queueOf(Outlet outlet, PublishSettings settings) {
        return switch (outlet) {
            case CRITICAL_MAIN, CRITICAL_PRIORITY, QUARANTINE_MAIN, QUARANTINE_PRIORITY -> settings.criticalQueue();
            case HIGH, ROUTINE, SESSIONS, COMMAND_RESULTS -> settings.bulkQueue();
            case PICTURES, PICTURE_PROGRESS -> settings.pictureQueue();
        };
    }

    @Override
    public void event(Event event, Receipt receipt) {
        byte[] key = event.getSerial().getBytes(StandardCharsets.UTF_8);
        byte[] value = event.toByteArray();
        Span span = taken.event(event);
        if (event.getEventClass() == EventClass.CRITICAL) {
            offer(Outlet.CRITICAL_PRIORITY, key, value, span, receipt);
            offer(Outlet.CRITICAL_MAIN, key, value, span, receipt);
        } else if (pulse.silent(Cluster.MAIN)) {
            metrics.droppedWhileSilent();
            receipt.lost(Cluster.MAIN);
        } else {
            Outlet outlet = event.getEventClass() == EventClass.ROUTINE ? Outlet.ROUTINE : Outlet.HIGH;
            offer(outlet, key, value, span, receipt);
        }
        span.end();
    }

    private void offer(Outlet outlet, byte[] key, byte @Nullable [] value, Span of, Receipt receipt) {
        Cluster cluster = outlet.cluster();
        outbox(outlet).offer(key, value, of, acknowledged -> {
            if (acknowledged) {
                pulse.heard(cluster);
                receipt.acknowledged(cluster, nowUs.getAsLong());
            } else {
                receipt.lost(cluster);
            }
        });
    }

    @Override
    public void picture(PictureBlock block, Receipt receipt) {
        byte[] key = block.getIdentity().getSerial().getBytes(StandardCharsets.UTF_8);
        Span span = taken.picture(block);
        offer(Outlet.PICTURES, key, block.toByteArray(), span, receipt);
        span.end();
    }

    @Override
    public void pictureProgress(PictureProgress progress, Receipt receipt) {
        byte[] key = progress.getIdentity().toByteArray();
        offer(Outlet.PICTURE_PROGRESS, key, progress.toByteArray(), Span.NONE, receipt);
    }

    @Override
    public void pictureGone(PictureIdentity picture) {
        outbox(Outlet.PICTURE_PROGRESS).offer(picture.toByteArray(), null, Outbox.Outcome.IGNORED);
    }

    @Override
    public void commandResult(CommandResult result) {
        byte[] key = result.getSerial().getBytes(StandardCharsets.UTF_8);
        outbox(Outlet.COMMAND_RESULTS).offer(key, result.toByteArray(), Outbox.Outcome.IGNORED);
    }

    @Override
    public void quarantine(Quarantined record) {
        byte[] key = record.getSerial().getBytes(StandardCharsets.UTF_8);
        byte[] value = record.toByteArray();
        Span span = taken.quarantined(record);
        outbox(Outlet.QUARANTINE_PRIORITY).offer(key, value, span, Outbox.Outcome.IGNORED);
        outbox(Outlet.QUARANTINE_MAIN).offer(key, value, span, Outbox.Outcome.IGNORED);
        span.end();
    }

    @Override
    public long identifying(String sessionId) {
        return sessions.identifying(sessionId);
    }

    @Override
    public void identified(String sessionId) {
        sessions.identified(sessionId);
    }

    @Override
    public void session(SessionRecord record) {
        sessions.session(record);
    }

    @Override
    public void heartbeat(SessionRecord record) {
        sessions.heartbeat(record);
    }

    SessionDispatch sessions() {
        return sessions;
    }

    @Override
    public boolean mainSilent() {
        return pulse.silent(Cluster.MAIN);
    }

    @Override
    public boolean prioritySilent() {
        return pulse.silent(Cluster.PRIORITY);
    }

    @Override
    public boolean outboxFull() {
        return outbox(Outlet.ROUTINE).crowded() || outbox(Outlet.HIGH).crowded();
    }

    @Override
    public boolean picturesFull() {
        return outbox(Outlet.PICTURES).crowded()
                || outbox(Outlet.PICTURE_PROGRESS).crowded();
    }

    @Override
    public boolean criticalFull() {
        return outbox(Outlet.CRITICAL_MAIN).crowded()
                && outbox(Outlet.CRITICAL_PRIORITY).crowded();
    }

    @Override
    public boolean nowhere() {
        return blocked(Outlet.CRITICAL_MAIN) && blocked(Outlet.CRITICAL_PRIORITY);
    }

    private boolean blocked(Outlet outlet) {
        return pulse.silent(outlet.cluster()) || outbox(outlet).crowded();
    }

    @Override
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    private void changed() {
        sessions.look();
        listeners.forEach(Runnable::run);
    }

    Collection<Outbox> outboxes() {
        return outboxes.values();
    }

    Outbox outbox(Outlet outlet) {
        Outbox outbox = outboxes.get(outlet);
        if (outbox == null) {
            throw new IllegalStateException("no outbox " + outlet);
        }
        return outbox;
    }
}
