package identicom.receiver.server;

import identicom.receiver.session.Conditions;
import identicom.receiver.session.Effect;
import identicom.receiver.session.EndReason;
import identicom.receiver.session.Input;
import identicom.receiver.session.SessionState;
import identicom.receiver.session.Transition;
import identicom.wire.codec.MessageType;
import identicom.wire.fault.FaultException;
import identicom.wire.message.FromUnit;
import identicom.wire.message.Identification;
import identicom.wire.message.ProbeReply;
import identicom.wire.message.ToUnit;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies the session machine to one connection: what happens becomes inputs, effects become what they say.
 *
 * <p>Event loop only, but for {@link #post}, {@link #postState} and what the registry asks. Inputs are taken one after another:
 * one that an effect brings about waits until that transition is done.
 */
final class SessionHandler extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(SessionHandler.class);

    private final Station station;
    private final SessionRegistry registry;
    private final Admission.Ticket ticket;
    private final Ending ending;
    private final ByteMeter meter;
    private final Channel channel;
    private final String sessionId;
    private final Queue<Input> inbox = new ArrayDeque<>();
    private final SessionTimers timers;
    private final SessionTelling telling;
    private final SessionEvents events;
    private final SessionPictures pictures;
    private final SessionCommands commands;
    private SessionState state;
    private boolean busy;
    private boolean knownSilent;
    private boolean knownFull;
    private boolean knownPicturesFull;
    private boolean held;
    private @Nullable ChannelFuture lastWrite;
    private @Nullable SessionRecords records;
    private volatile boolean sawOwnRecord;

    SessionHandler(
            Station station,
            SessionRegistry registry,
            Admission.Ticket ticket,
            Ending ending,
            ByteMeter meter,
            Channel channel) {
        this.station = station;
        this.registry = registry;
        this.ticket = ticket;
        this.ending = ending;
        this.meter = meter;
        this.channel = channel;
        this.sessionId = station.sessionIds().get();
        this.timers = new SessionTimers(
                channel.eventLoop(),
                station.settings().limits(),
                meter,
                station.nanoTime(),
                timer -> take(new Input.Fired(timer)));
        this.telling = new SessionTelling(
                station, ticket::source, meter, channel.eventLoop(), () -> registry.disconnected(this));
        this.events = new SessionEvents(station, channel.eventLoop(), telling, this::take, this::setReading);
        this.pictures = new SessionPictures(station, sessionId, channel.eventLoop(), () -> state, this::take);
        this.commands = new SessionCommands(station, sessionId, this::take);
        this.state = new SessionState.Closed(EndReason.STATION_FAULT);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        registry.connected(this); // from here on it hears of changes: what is read now cannot be missed
        knownSilent = station.state().mainSilent();
        knownFull = station.state().outboxFull();
        knownPicturesFull = station.state().picturesFull();
        apply(station.machine().start(new Conditions(knownSilent, knownFull, knownPicturesFull, null)));
        setReading();
        if (ending.stopping()) {
            take(new Input.Drain());
        }
        ctx.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        FromUnit received = (FromUnit) message;
        station.metrics().frame(MessageType.of(received));
        boolean identifies = message instanceof Identification && records == null;
        long readAtUs = identifies
                ? station.publisher().identifying(sessionId)
                : station.nowUs().getAsLong();
        take(new Input.Received(received, readAtUs));
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        take(new Input.PeerClosed());
        timers.stopAll();
        ticket.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof FaultException fault) {
            station.metrics().fault(fault.fault());
            LOG.debug("Session {}: {}", sessionId, fault.getMessage());
            take(new Input.Faulted(fault.fault()));
        } else if (cause instanceof IOException) {
            LOG.debug("Session {}: connection lost: {}", sessionId, cause.getMessage());
            ctx.close();
        } else {
            failed(cause);
        }
    }

    /** Any thread. */
    void post(Input input) {
        if (channel.eventLoop().inEventLoop()) {
            take(input);
        } else {
            channel.eventLoop().execute(() -> take(input));
        }
    }

    /** Tells the session what has changed of the station's state. Any thread. */
    void postState() {
        channel.eventLoop().execute(() -> {
            boolean silent = station.state().mainSilent();
            boolean full = station.state().outboxFull();
            boolean picturesFull = station.state().picturesFull();
            if (silent != knownSilent) {
                knownSilent = silent;
                take(silent ? new Input.MainSilent() : new Input.MainBack());
            }
            if (full != knownFull) {
                knownFull = full;
                take(full ? new Input.OutboxFull() : new Input.OutboxFree());
            }
            if (picturesFull != knownPicturesFull) {
                knownPicturesFull = picturesFull;
                take(picturesFull ? new Input.PicturesFull() : new Input.PicturesFree());
            }
            setReading();
        });
    }

    /** Ends it at once, whatever it is at. Any thread. */
    void abort() {
        channel.close();
    }

    String sessionId() {
        return sessionId;
    }

    void sawOwnRecord() {
        sawOwnRecord = true;
    }

    boolean hasSeenOwnRecord() {
        return sawOwnRecord;
    }

    private void take(Input input) {
        inbox.add(input);
        if (busy) {
            return;
        }
        busy = true;
        try {
            for (Input next = inbox.poll(); next != null; next = inbox.poll()) {
                apply(station.machine().step(state, next, station.nowUs().getAsLong()));
                if (next instanceof Input.Judged) {
                    station.publisher().identified(sessionId);
                }
            }
        } catch (RuntimeException e) {
            failed(e);
        } finally {
            busy = false;
        }
    }

    private void failed(Throwable cause) {
        LOG.error("Session {} failed", sessionId, cause);
        inbox.clear();
        boolean over = state instanceof SessionState.Closed;
        state = new SessionState.Closed(EndReason.STATION_FAULT);
        timers.stopAll();
        channel.close();
        if (!over) {
            ended(EndReason.STATION_FAULT);
        }
    }

    private void apply(Transition transition) {
        state = transition.state();
        for (Effect effect : transition.effects()) {
            apply(effect);
        }
    }

    private void apply(Effect effect) {
        switch (effect) {
            case Effect.Publish e -> events.publish(records(), e);
            case Effect.PublishPicture e -> pictures.publish(serial(), e);
            case Effect.SaveProgress e -> pictures.save(serial(), e);
            case Effect.ForgetProgress(var picture) -> pictures.forget(serial(), picture);
            case Effect.Recall(var listed) -> pictures.recall(serial(), listed);
            case Effect.NextCommand e -> commands.next(serial());
            case Effect.CommandSent(var command) -> commands.sent(serial(), command);
            case Effect.CommandAnswered e -> commands.answered(serial(), e);
            case Effect.Noted(var outcome) -> station.metrics().picture(outcome);
            case Effect.Send(var message) -> send(message);
            case Effect.Ask(var serial) -> identified(serial);
            case Effect.Opened e -> opened(e);
            case Effect.Quarantine e ->
                station.publisher()
                        .quarantine(
                                records().quarantined(e, station.sessionIds().get()));
            case Effect.Deleted(var upTo) -> {
                telling.deleted();
                station.metrics().deleted();
            }
            case Effect.Start(var timer) -> timers.start(timer);
            case Effect.Stop(var timer) -> timers.stop(timer);
            case Effect.PauseReading e -> hold(true);
            case Effect.ResumeReading e -> hold(false);
            case Effect.AnswerProbe e -> send(new ProbeReply(probeState()));
            case Effect.Count(var misstep) -> station.metrics().misstep(misstep);
            case Effect.HalfClose e -> behindWrites(future -> ((DuplexChannel) channel).shutdownOutput());
            case Effect.Close e -> {
                timers.stopAll();
                behindWrites(ChannelFutureListener.CLOSE);
            }
            case Effect.Ended(var reason) -> ended(reason);
        }
    }

    private void send(ToUnit message) {
        station.metrics().frame(MessageType.of(message));
        lastWrite = channel.writeAndFlush(message);
    }

    private void identified(String serial) {
        ticket.identified();
        SessionState.Checking checking = (SessionState.Checking) state;
        records = records(checking.unit());
        telling.identified(records());
        station.judge().judge(serial, verdict -> post(new Input.Judged(verdict)));
    }

    private SessionRecords records(Identification unit) {
        return new SessionRecords(station.catalogue(), station.name(), sessionId, ticket.source(), unit);
    }

    private SessionRecords records() {
        if (records == null) {
            throw new IllegalStateException("records of a session without a unit in " + state);
        }
        return records;
    }

    private String serial() {
        return records().unit().serial();
    }

    private void opened(Effect.Opened opened) {
        registry.opened(opened.unit().serial(), this);
        telling.opened(opened);
    }

    private void ended(EndReason reason) {
        station.metrics().ended(reason);
        station.publisher().identified(sessionId);
        if (records != null) {
            registry.ended(records.unit().serial(), this);
        }
        telling.ended(reason);
    }

    private ProbeReply.State probeState() {
        if (ending.announced()) {
            return ProbeReply.State.DRAINING;
        }
        return station.state().nowhere() ? ProbeReply.State.NOWHERE_TO_ACCEPT : ProbeReply.State.READY;
    }

    private void hold(boolean hold) {
        held = hold;
        setReading();
    }

    /**
     * Nothing is read while the session holds back, while it rests from its own critical events, or while a critical event could
     * be accepted nowhere for want of room.
     */
    private void setReading() {
        channel.config()
                .setAutoRead(!held && !events.resting() && !station.state().criticalFull());
    }

    private void behindWrites(ChannelFutureListener next) {
        ChannelFuture last = lastWrite;
        if (last == null || last.isDone()) {
            channel.newSucceededFuture().addListener(next);
        } else {
            last.addListener(next);
        }
    }
}
