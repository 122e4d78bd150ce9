package identicom.alertservice.notify;

import identicom.alertservice.notify.Outcomes.NobodyReached;
import identicom.alertservice.store.Actions;
import identicom.alertservice.store.AlertList;
import identicom.alertservice.store.DatabaseClock;
import identicom.alertservice.store.Transactions;
import identicom.runtime.process.Stack;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The outbox's workers, one for each channel that is configured, and what comes back from phone networks. */
public final class Notifying implements AutoCloseable {

    private final Stack running = new Stack();
    private final List<ChannelWorker> workers = new ArrayList<>();
    private final Replies replies;
    private final Abandonment abandonment;

    /**
     * @param channels made with what takes their replies; closed with this
     * @param committed called after something was written down
     */
    public Notifying(
            Transactions transactions,
            DatabaseClock clock,
            AlertList alerts,
            Actions actions,
            AlertTeller teller,
            NobodyReached nobodyReached,
            MessageText texts,
            NotifyMeters meters,
            Function<PhoneReplies, List<Channel>> channels,
            Runnable committed) {
        Outcomes outcomes = new Outcomes(transactions, clock, teller, nobodyReached);
        replies = running.add("replies", new Replies(transactions, clock, actions, outcomes, meters, committed));
        Runnable done = () -> {
            replies.wake();
            committed.run();
        };
        for (Channel channel : channels.apply(replies)) {
            if (channel.available()) {
                workers.add(running.add(
                        "channel",
                        new ChannelWorker(channel, transactions, clock, alerts, outcomes, texts, meters, done)));
            } else {
                channel.close();
            }
        }
        abandonment = running.add("abandonment", new Abandonment(transactions, clock, channels(), outcomes, committed));
    }

    /** The channels that are configured. */
    public Set<String> channels() {
        return workers.stream().map(ChannelWorker::channel).collect(Collectors.toUnmodifiableSet());
    }

    public void start() {
        replies.start();
        workers.forEach(ChannelWorker::start);
        abandonment.start();
    }

    /** Something was queued. */
    public void wake() {
        workers.forEach(ChannelWorker::wake);
    }

    @Override
    public void close() {
        running.close();
    }
}
