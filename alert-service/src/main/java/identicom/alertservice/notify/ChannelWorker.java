package identicom.alertservice.notify;

import identicom.alertservice.notify.ClaimTable.Claimed;
import identicom.alertservice.notify.Handed.Accepted;
import identicom.alertservice.notify.Handed.Later;
import identicom.alertservice.notify.Handed.Never;
import identicom.alertservice.notify.Handed.Unneeded;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands over what is due on one channel: one thread claims, and a virtual thread each hands over, at most
 * {@value #AT_ONCE} at a time and few of them to one address or host. So a channel that hangs delays no other, and one
 * address that hangs does not delay the rest of its channel. What was claimed and not answered for when the lease ends is handed over again by anyone.
 */
final class ChannelWorker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ChannelWorker.class);

    static final int AT_ONCE = 16;
    static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration READ_WITHIN = Duration.ofSeconds(5);
    private static final Duration WRITE_WITHIN = Duration.ofSeconds(10);
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
    private final InHand inHand = new InHand(AT_ONCE);
    private final DatabaseShare database = new DatabaseShare();
    private final ExecutorService threads;
    private final HandOver handOver;
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
        this.threads = HandOver.virtual(name + "-");
        this.handOver = new HandOver(channel, transactions);
        this.claiming = new Repeating(name, LOOK_EVERY, this::claim);
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
        int room = inHand.room();
        if (room == 0) {
            return;
        }
        List<Claimed> claimed = transactions.run(
                tx -> ClaimTable.claim(tx, channel.name(), clock.now(tx), LEASE, room, inHand.byTarget()));
        for (Claimed one : claimed) {
            inHand.take(one.target());
            threads.execute(() -> {
                try {
                    hand(one);
                } finally {
                    inHand.release(one.target());
                    claiming.wake();
                }
            });
        }
    }

    /** What is to be handed over, by what the alert is at this moment; empty: nobody needs it any more. */
    private Optional<Message> message(Claimed one) throws SQLException {
        if (one.given().isPresent()) {
            String text = one.given().get();
            return Optional.of(new Message(one.id(), one.alertId(), one.address(), text, text, "{}"));
        }
        Optional<AlertView> alert = alerts.one(one.alertId());
        if (alert.isEmpty()
                || !alert.get().state().equals("open")
                || alert.get().test()) {
            return Optional.empty();
        }
        Instant now = transactions.run(clock::now);
        return Optional.of(texts.message(channel.name(), one.id(), one.address(), alert.get(), now));
    }

    private void hand(Claimed one) {
        try {
            tell(one);
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

    private void tell(Claimed one) throws SQLException, InterruptedException {
        Optional<Message> message;
        try {
            message = database.run(READ_WITHIN, () -> message(one));
        } catch (RuntimeException e) {
            LOG.error("{}: {} has no text, tried again: this is a bug", channel.name(), one.id(), e);
            write(one, HandOver.failedHere(e), null);
            return;
        }
        if (message.isEmpty()) {
            write(one, new Unneeded(), null);
        } else {
            write(one, handOver.send(one, message.get()), message.get().text());
        }
    }

    private void write(Claimed one, Handed handed, @Nullable String text) throws SQLException, InterruptedException {
        meters.attempt(channel.name(), word(handed));
        database.run(WRITE_WITHIN, () -> {
            switch (handed) {
                case Accepted accepted -> outcomes.accepted(one, accepted, text);
                case Later later -> outcomes.later(one, later.why(), text);
                case Never never -> outcomes.never(one, never.why(), text);
                case Unneeded unneeded -> outcomes.stopped(one);
            }
            return handed;
        });
    }

    private static String word(Handed handed) {
        return switch (handed) {
            case Accepted accepted -> "accepted";
            case Later later -> "later";
            case Never never -> "never";
            case Unneeded unneeded -> "stopped";
        };
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
        handOver.close();
        channel.close();
    }
}
