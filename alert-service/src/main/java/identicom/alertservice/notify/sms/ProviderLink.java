package identicom.alertservice.notify.sms;

import identicom.runtime.process.Health;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jsmpp.DefaultPDUSender;
import org.jsmpp.SynchronizedPDUSender;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.InterfaceVersion;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.SessionState;
import org.jsmpp.session.BindParameter;
import org.jsmpp.session.MessageReceiverListener;
import org.jsmpp.session.SMPPSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one transceiver bound to a provider: binds, and binds again when the connection is lost, after pauses that
 * double up to ten seconds, whatever went wrong: only closing ends it. One thread of its own ({@code sms-1-link}) opens and closes every session; the session's
 * own threads are named by the library and end with it.
 */
final class ProviderLink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderLink.class);
    private static final Duration ENQUIRE_EVERY = Duration.ofSeconds(30);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration NEVER_MORE_OFTEN = Duration.ofMillis(250);
    private static final Duration STEADY_AFTER = Duration.ofSeconds(10);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);
    private static final int UNBIND_WITHIN_MS = 1_000;
    private static final int QUEUE = 100;
    private static final int ANSWERING_THREADS = 4;

    /**
     * One session while it lasts.
     *
     * @param lost complete, with the reason, once nothing can be sent by it
     */
    record Bound(SMPPSession session, CompletableFuture<String> lost) {
        /** To be closed and replaced. */
        void drop(String why) {
            lost.complete(why);
        }
    }

    private final SmsProvider provider;
    private final Duration timeout;
    private final MessageReceiverListener inbound;
    private final Health.Component health;
    private final Runnable onBound;
    private final Dialler dialler;
    private final Thread thread;
    private final Semaphore wakings = new Semaphore(0);
    private volatile @Nullable Bound bound;
    private volatile boolean stopping;
    private boolean failing;

    /** @param onBound told of each new session */
    ProviderLink(
            SmsProvider provider,
            Duration timeout,
            MessageReceiverListener inbound,
            Health.Component health,
            Runnable onBound) {
        this.provider = provider;
        this.timeout = timeout;
        this.inbound = inbound;
        this.health = health;
        this.onBound = onBound;
        this.dialler = new Dialler(timeout, provider.tls());
        this.thread = Thread.ofPlatform()
                .name("sms-" + provider.number() + "-link")
                .daemon(true)
                .unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Null: there is none now. */
    @Nullable Bound bound() {
        Bound current = bound;
        return current == null || current.lost.isDone() ? null : current;
    }

    /** Somebody waits for it: binds without waiting for the pause to end. */
    void wake() {
        wakings.release();
    }

    private void run() {
        Duration pause = FIRST_PAUSE;
        try {
            while (!stopping) {
                long began = System.nanoTime();
                try {
                    serve(bind());
                } catch (InterruptedException e) {
                    throw e;
                } catch (Throwable e) {
                    failed(e);
                }
                boolean wasSteady = System.nanoTime() - began > STEADY_AFTER.toNanos() + timeout.toNanos();
                pause = wasSteady ? FIRST_PAUSE : pause;
                rest(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        } catch (InterruptedException e) {
            LOG.debug("{} stops", thread.getName());
        }
    }

    /** Half to one and a half times the pause, so that several instances do not come back at one moment. */
    private void rest(Duration pause) throws InterruptedException {
        wakings.drainPermits();
        Thread.sleep(NEVER_MORE_OFTEN);
        long jittered =
                (long) (pause.toMillis() * (0.5 + ThreadLocalRandom.current().nextDouble()));
        if (wakings.tryAcquire(jittered, TimeUnit.MILLISECONDS)) {
            LOG.debug("{} is wanted", provider);
        }
    }

    private Bound bind() throws IOException {
        BoundedPduReader reader = new BoundedPduReader();
        SMPPSession session = new SMPPSession(new SynchronizedPDUSender(new DefaultPDUSender()), reader, dialler);
        CompletableFuture<String> lost = new CompletableFuture<>();
        session.setTransactionTimer(timeout.toMillis());
        session.setEnquireLinkTimer(Math.toIntExact(ENQUIRE_EVERY.toMillis()));
        session.setPduProcessorDegree(Inbound.AT_ONCE + ANSWERING_THREADS);
        session.setQueueCapacity(QUEUE);
        session.setMessageReceiverListener(inbound);
        session.addSessionStateListener((newState, oldState, source) -> {
            if (newState == SessionState.CLOSED || newState == SessionState.UNBOUND) {
                lost.complete("the connection was closed");
            }
        });
        BindParameter parameters = new BindParameter(
                BindType.BIND_TRX,
                provider.systemId(),
                provider.password(),
                "",
                TypeOfNumber.UNKNOWN,
                NumberingPlanIndicator.UNKNOWN,
                null,
                InterfaceVersion.IF_34);
        try {
            session.connectAndBind(provider.host(), provider.port(), parameters, timeout.toMillis());
            return new Bound(session, lost);
        } catch (Throwable e) {
            end(session);
            if (reader.refusal() != 0) {
                throw new IOException("refused with status %08x".formatted(reader.refusal()), e);
            }
            throw e;
        }
    }

    private void serve(Bound fresh) throws InterruptedException {
        try {
            bound = fresh;
            failing = false;
            health.up();
            onBound.run();
            String why = fresh.lost.get();
            down(why);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            bound = null;
            fresh.drop("stopping");
            end(fresh.session);
        }
    }

    private void failed(Throwable e) {
        down("cannot bind: " + (e instanceof Error ? e.toString() : e.getMessage()));
        if (e instanceof Error && !failing && !stopping) {
            LOG.error("SMS provider {} failed and is tried again: this is a bug", provider, e);
        } else if (!failing && !stopping) {
            LOG.warn("SMS provider {} cannot be bound and is tried again: {}", provider, e.toString());
        }
        failing = true;
    }

    private void down(String why) {
        if (!stopping) {
            health.down(why);
        }
    }

    private void end(SMPPSession session) {
        boolean interrupted = Thread.interrupted();
        try {
            if (stopping && session.getSessionState().isBound()) {
                session.setTransactionTimer(UNBIND_WITHIN_MS);
                session.unbindAndClose();
            } else {
                session.close();
            }
        } catch (RuntimeException e) {
            LOG.debug("a session with {} did not close in order", provider, e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        stopping = true;
        Bound current = bound;
        if (current == null) {
            dialler.close();
        }
        try {
            if (thread.getState() != Thread.State.NEW) {
                thread.interrupt();
                thread.join(STOP_WITHIN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        dialler.close();
    }
}
