package identicom.alertservice.notify;

import identicom.alertservice.notify.ClaimTable.Claimed;
import identicom.alertservice.notify.Handed.Later;
import identicom.alertservice.store.Transactions;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands a message to a channel and waits for the answer, for so long and no longer. Any thread. */
final class HandOver implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HandOver.class);
    private static final Duration WITHIN = Duration.ofSeconds(25);
    private static final Duration ASK_WITHIN = Duration.ofSeconds(2);

    private final Channel channel;
    private final Transactions transactions;
    private final ExecutorService threads;

    HandOver(Channel channel, Transactions transactions) {
        this.channel = channel;
        this.transactions = transactions;
        this.threads = virtual("notify-" + channel.name() + "-send-");
    }

    static ExecutorService virtual(String prefix) {
        return Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name(prefix, 0).factory());
    }

    Handed send(Claimed claimed, Message message) throws InterruptedException {
        Future<Handed> handing = threads.submit(() -> channel.send(message, () -> stillNeeded(claimed)));
        try {
            return handing.get(WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return new Later("no answer in " + WITHIN.toSeconds() + " s");
        } catch (ExecutionException e) {
            LOG.error("{}: handing over failed, tried again: this is a bug", channel.name(), e.getCause());
            return failedHere(e.getCause());
        } finally {
            handing.cancel(true);
        }
    }

    static Later failedHere(Throwable e) {
        return new Later("failed here: " + e.getClass().getSimpleName());
    }

    /** When the database does not say, it is: rather told twice than not at all. */
    private boolean stillNeeded(Claimed claimed) {
        if (claimed.given().isPresent()) {
            return true;
        }
        Future<Boolean> asking = threads.submit(() -> transactions.run(tx -> ClaimTable.needed(tx, claimed.alertId())));
        try {
            return asking.get(ASK_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.debug("{}: it is not known whether {} is still needed", channel.name(), claimed.id(), e);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        } finally {
            asking.cancel(true);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
