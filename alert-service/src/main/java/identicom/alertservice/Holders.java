package identicom.alertservice;

import identicom.alertservice.presence.LiveFeeds;
import identicom.alertservice.presence.Logouts;
import identicom.alertservice.presence.Presence;
import identicom.alertservice.store.Actions;
import identicom.alertservice.store.ChangeLog;
import identicom.alertservice.store.DatabaseClock;
import identicom.alertservice.store.PresenceLog;
import identicom.alertservice.store.Reopening;
import identicom.alertservice.store.TestAlerts;
import identicom.alertservice.store.Transactions;
import identicom.alertservice.timer.Repeating;
import identicom.runtime.config.Configuration;
import identicom.runtime.config.Key;
import identicom.runtime.kafka.Clusters;
import identicom.runtime.kafka.TopicFollower;
import identicom.runtime.process.Health;
import identicom.runtime.process.Metrics;
import identicom.schema.Cluster;
import identicom.schema.Topic;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** What time does to alerts that people hold, or should: its threads, and who has a live stream here. */
final class Holders implements AutoCloseable {

    static final Key<Duration> ATTEND_WITHIN = Key.duration(
            "alerts.attend-within",
            Duration.ofMinutes(5),
            "an acknowledged alert to which nothing is done for this long reminds its holder, and after as long again"
                    + " goes back to the queue");
    static final Key<Duration> HOLDER_LOST_AFTER = Key.duration(
            "alerts.holder-lost-after",
            Duration.ofSeconds(60),
            "a holder who had a live stream when acknowledging loses the alert when no sign of them has come for this"
                    + " long");

    static final List<Key<?>> KEYS = List.of(ATTEND_WITHIN, HOLDER_LOST_AFTER);

    private static final Duration LOOK = Duration.ofMillis(500);

    private final LiveFeeds feeds = new LiveFeeds();
    private final Duration attendWithin;
    private final Repeating looking;
    private final Presence presence;
    private final Logouts logouts;
    private final TopicFollower keys;

    /** @param changed told when alerts were */
    Holders(
            Configuration configuration,
            Transactions transactions,
            ChangeLog changes,
            DatabaseClock clock,
            Clusters clusters,
            Health health,
            Metrics metrics,
            Runnable changed) {
        attendWithin = configuration.get(ATTEND_WITHIN);
        Reopening reopening = new Reopening(transactions, changes, clock);
        TestAlerts tests = new TestAlerts(transactions, changes, clock);
        looking = new Repeating("alerts-reopening", LOOK, () -> look(reopening, tests, changed));
        PresenceLog log = new PresenceLog(transactions, clock);
        presence = new Presence(feeds, log, reopening, configuration.get(HOLDER_LOST_AFTER), changed);
        logouts = new Logouts(reopening, changed);
        keys = new TopicFollower(
                "alerts-logouts",
                Cluster.MAIN,
                Topic.KEYS.topicName(),
                TopicFollower.From.BEGINNING,
                clusters,
                logouts::apply,
                health,
                metrics);
    }

    private void look(Reopening reopening, TestAlerts tests, Runnable changed) throws SQLException {
        int count = reopening.reopenDue() + reopening.attendDue(attendWithin) + tests.endDue();
        if (count > 0) {
            changed.run();
        }
    }

    LiveFeeds feeds() {
        return feeds;
    }

    Actions.Holding holding() {
        return new Actions.Holding(attendWithin, feeds::has);
    }

    void start() {
        looking.start();
        presence.start();
        logouts.start();
        keys.start();
    }

    @Override
    public void close() {
        keys.close();
        logouts.close();
        presence.close();
        looking.close();
    }
}
