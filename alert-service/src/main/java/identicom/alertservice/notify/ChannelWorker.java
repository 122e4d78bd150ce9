package identicom.alertservice.notify;

import identicom.alertservice.notify.Handed.Accepted;
import identicom.alertservice.notify.Handed.Later;
import identicom.alertservice.notify.Handed.Never;
import identicom.alertservice.notify.NotificationTable.Claimed;
import identicom.alertservice.store.AlertList;
import identicom.alertservice.store.DatabaseClock;
import identicom.alertservice.store.Transactions;
import identicom.alertservice.timer.Repeating;
import identicom.alertservice.view.AlertView;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands over what is due on one channel: one thread claims, and a virtual thread each hands over, at most
 * {@value #AT_ONCE} at a time. So a channel that hangs delays no other, and one address that hangs does not delay the
 * rest of its channel. What was claimed and not answered for when the lease ends is handed over again by anyone.
 */
final class ChannelWorker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ChannelWorker.class);

    static final int AT_ONCE = 16;
    static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration SEND_WITHIN = Duration.ofSeconds(25);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(4);
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private final Channel channel;
    private final Transactions transactions;
    private final DatabaseClock clock;
    private final AlertList alerts;
    private final Outcomes outcomes;
    private final MessageText texts;
    private final NotifyMeters meters;
    private final Runnable done;
    private final Semaphore free = new Semaphore(AT_ONCE);
    private final ExecutorService threads;
    private final ExecutorService sending;
    private final Repeating claiming;

    /** @param done called after something was written down */
    ChannelWorker(
            Channel channel,
            Transactions transactions,
            DatabaseClock clock,
            AlertList alerts,
            Outcomes outcomes,
            MessageText texts,
            NotifyMeters meters,
            Runnable done) {
        this.channel = channel;
        this.transactions = transactions;
        this.clock = clock;
        this.alerts = alerts;
        this.outcomes = outcomes;
        this.texts = texts;
        this.meters = meters;
        this.done = done;
        String name = "notify-" + channel.name();
        this.threads = virtual(name + "-");
        this.sending = virtual(name + "-send-");
        this.claiming = new Repeating(name, LOOK_EVERY, this::claim);
    }

    private static ExecutorService virtual(String prefix) {
        return Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name(prefix, 0).factory());
    }

    String channel() {
        return channel.name();
    }

    void start() {
        channel.start();
        claiming.start();
    }

    void wake() {
        claiming.wake();
    }

    private void claim() throws SQLException {
        int room = free.availablePermits();
        if (room == 0) {
            return;
        }
        List<Claimed> claimed =
                transactions.run(tx -> NotificationTable.claim(tx, channel.name(), clock.now(tx), LEASE, room));
        for (Claimed one : claimed) {
            free.acquireUninterruptibly();
            threads.execute(() -> {
                try {
                    hand(one);
                } finally {
                    free.release();
                }
            });
        }
    }

    private void hand(Claimed one) {
        try {
            Optional<AlertView> alert = alerts.one(one.alertId());
            if (alert.isEmpty()
                    || !alert.get().state().equals("open")
                    || alert.get().test()) {
                outcomes.stopped(one);
                meters.attempt(channel.name(), "stopped");
                return;
            }
            Instant now = transactions.run(clock::now);
            Message message = texts.message(channel.name(), one.id(), one.address(), alert.get(), now);
            write(one, message, send(message));
            done.run();
        } catch (SQLException e) {
            LOG.warn(
                    "{}: what became of {} is not written down, it is handed over again: {}",
                    channel.name(),
                    one.id(),
                    e.getMessage());
        } catch (InterruptedException e) {
            LOG.debug("{}: stopped while {} was handed over", channel.name(), one.id());
        } catch (RuntimeException e) {
            LOG.error("{}: {} is handed over again after the lease: this is a bug", channel.name(), one.id(), e);
        }
    }

    private Handed send(Message message) throws InterruptedException {
        Future<Handed> handing = sending.submit(() -> channel.send(message));
        try {
            return handing.get(SEND_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return new Later("no answer in " + SEND_WITHIN.toSeconds() + " s");
        } catch (ExecutionException e) {
            LOG.error("{}: handing over failed, tried again: this is a bug", channel.name(), e.getCause());
            return new Later("failed here: " + e.getCause().getClass().getSimpleName());
        } finally {
            handing.cancel(true);
        }
    }

    private void write(Claimed one, Message message, Handed handed) throws SQLException {
        switch (handed) {
            case Accepted accepted -> {
                meters.attempt(channel.name(), "accepted");
                outcomes.accepted(one, accepted, message.text());
            }
            case Later later -> {
                meters.attempt(channel.name(), "later");
                outcomes.later(one, later.why(), message.text());
            }
            case Never never -> {
                meters.attempt(channel.name(), "never");
                outcomes.never(one, never.why(), message.text());
            }
        }
    }

    @Override
    public void close() {
        claiming.close();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                LOG.info("{}: what was being handed over is handed over again after its lease", channel.name());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.shutdownNow();
        sending.shutdownNow();
        channel.close();
    }
}
