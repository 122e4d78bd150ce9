package identicom.alertservice.presence;

import identicom.alertservice.store.PresenceLog;
import identicom.alertservice.store.Reopening;
import identicom.alertservice.timer.Repeating;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;

/**
 * Writes down for all instances when those who have a live stream here last gave a sign, and reopens the alerts of
 * holders who gave signs and give none any more, nowhere. An instance whose own writing has not gone on without a failure for as long as a holder must be gone
 * reopens nothing: after a start or while the database was away it cannot know who was there.
 */
public final class Presence implements AutoCloseable {

    private static final Duration MOST_BETWEEN = Duration.ofSeconds(5);
    private static final int BEATS_TO_BE_LOST = 12;
    private static final int BEATS_IN_A_GAP = 3;

    private final UUID instance = UUID.randomUUID();
    private final LiveFeeds feeds;
    private final PresenceLog log;
    private final Reopening reopening;
    private final Duration lostAfter;
    private final Runnable reopened;
    private final Continuity writing;
    private final Repeating beating;

    /**
     * @param lostAfter how long no sign of a holder must have come
     * @param reopened told when alerts were
     */
    public Presence(LiveFeeds feeds, PresenceLog log, Reopening reopening, Duration lostAfter, Runnable reopened) {
        this.feeds = feeds;
        this.log = log;
        this.reopening = reopening;
        this.lostAfter = lostAfter;
        this.reopened = reopened;
        Duration beat = lostAfter.dividedBy(BEATS_TO_BE_LOST);
        Duration pause = beat.compareTo(MOST_BETWEEN) < 0 ? beat : MOST_BETWEEN;
        this.writing = new Continuity(pause.multipliedBy(BEATS_IN_A_GAP));
        this.beating = new Repeating("alerts-presence", pause, this::beat);
        feeds.whenOpened(beating::wake);
    }

    public void start() {
        beating.start();
    }

    void beat() throws SQLException {
        try {
            writing.done(log.seen(instance, feeds.signs()));
        } catch (SQLException | RuntimeException e) {
            writing.failed();
            throw e;
        }
        if (writing.heldFor(lostAfter) && reopening.holdersLost(lostAfter) > 0) {
            reopened.run();
        }
    }

    @Override
    public void close() {
        beating.close();
    }
}
