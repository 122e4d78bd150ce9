package identicom.alertservice.presence;

import identicom.alertservice.store.PresenceLog;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The users to whom this instance serves a live stream of alerts, and when each last gave a sign. A page that says it
 * answers heartbeats is there as long as it does: an open connection says nothing of a network that is gone. Any other
 * stream is a sign as long as it is open. Any thread.
 */
public final class LiveFeeds {

    private final LongSupplier nanos;
    private final Map<String, Integer> streams = new ConcurrentHashMap<>();
    private final Map<String, Long> answers = new ConcurrentHashMap<>();
    private volatile Runnable opened = () -> {};

    public LiveFeeds() {
        this(System::nanoTime);
    }

    /** @param nanos as {@link System#nanoTime()} */
    LiveFeeds(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Called when a user is there who was not. */
    void whenOpened(Runnable told) {
        opened = told;
    }

    /** A stream begins whose client does not answer heartbeats. */
    public void open(String user) {
        if (streams.merge(user, 1, Integer::sum) == 1) {
            opened.run();
        }
    }

    /** Such a stream has ended. */
    public void close(String user) {
        streams.computeIfPresent(user, (name, count) -> count == 1 ? null : count - 1);
    }

    /** A page answered a heartbeat, or asks for a stream whose heartbeats it is going to answer. */
    public void answered(String user) {
        Long before = answers.put(user, nanos.getAsLong());
        if (before == null || isOld(before)) {
            opened.run();
        }
    }

    public boolean has(String user) {
        Long answer = answers.get(user);
        return streams.containsKey(user) || (answer != null && !isOld(answer));
    }

    /** How long ago each user that is there gave the last sign. */
    Map<String, Duration> signs() {
        answers.values().removeIf(this::isOld);
        Map<String, Duration> signs = new HashMap<>();
        answers.forEach((user, at) -> signs.put(user, Duration.ofNanos(nanos.getAsLong() - at)));
        streams.keySet().forEach(user -> signs.put(user, Duration.ZERO));
        return signs;
    }

    private boolean isOld(long at) {
        return nanos.getAsLong() - at > PresenceLog.PRESENT.toNanos();
    }
}
