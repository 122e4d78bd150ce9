package identicom.alertservice.presence;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The users to whom this instance serves a live stream of alerts. Any thread. */
public final class LiveFeeds {

    private final Map<String, Integer> streams = new ConcurrentHashMap<>();
    private volatile Runnable opened = () -> {};

    /** Called when a user has a stream who had none. */
    void whenOpened(Runnable told) {
        opened = told;
    }

    /** A stream begins. */
    public void open(String user) {
        if (streams.merge(user, 1, Integer::sum) == 1) {
            opened.run();
        }
    }

    /** A stream that began has ended. */
    public void close(String user) {
        streams.computeIfPresent(user, (name, count) -> count == 1 ? null : count - 1);
    }

    public boolean has(String user) {
        return streams.containsKey(user);
    }

    Set<String> users() {
        return Set.copyOf(streams.keySet());
    }
}
