package identicom.alertservice.journey;

import identicom.alertservice.store.AlertFollower;
import identicom.alertservice.store.ChangeLog;
import identicom.alertservice.store.DatabaseClock;
import identicom.alertservice.store.Retelling;
import identicom.alertservice.store.Transactions;
import identicom.alertservice.timer.Repeating;
import identicom.runtime.http.Api;
import identicom.runtime.kafka.Clusters;
import identicom.runtime.kafka.ConsumeLoop;
import identicom.runtime.kafka.KafkaQuarantine;
import identicom.runtime.process.Health;
import identicom.runtime.process.Metrics;
import identicom.runtime.process.Stack;
import identicom.schema.Cluster;
import identicom.schema.Topic;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

/** The journeys of alerts: who notes their times, and who tells them. */
public final class Journeys implements AutoCloseable {

    /** So an alert is told again for its journey's sake at most once a second. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Duration PURGED_EVERY = Duration.ofMinutes(1);

    private static final int BATCH = 500;

    private final Stack running = new Stack();
    private final Sightings sightings;
    private final Retelling retelling;
    private final Repeating writing;
    private final Repeating purging;
    private final ConsumeLoop acknowledgements;
    private final Api api;
    private final Runnable committed;

    /** Begins journeys, in the transactions that change alerts. */
    public static AlertFollower follower(Metrics metrics) {
        return new JourneyKeeper(new JourneyMeters(metrics));
    }

    /**
     * @param open whether this instance knows an alert as one that is not closed
     * @param committed called after something was told
     */
    public Journeys(
            Transactions transactions,
            ChangeLog changes,
            DatabaseClock clock,
            Clusters clusters,
            Health health,
            Metrics metrics,
            Predicate<UUID> open,
            Runnable committed) {
        this.committed = committed;
        this.sightings = new Sightings(transactions, clock, new JourneyMeters(metrics), open);
        this.retelling = new Retelling(transactions, changes, clock);
        this.writing = new Repeating("alerts-journey", PAUSE, this::write);
        ConsumeLoop.Options options = new ConsumeLoop.Options(
                "alerts-journey", Cluster.MAIN, "alert-service-journey", List.of(Topic.SESSIONS.topicName()), BATCH);
        KafkaQuarantine quarantine = running.add("quarantine", new KafkaQuarantine(clusters, metrics));
        Acknowledgements kept = new Acknowledgements(transactions);
        this.acknowledgements = new ConsumeLoop(options, clusters, kept::store, quarantine, health, metrics);
        this.purging = new Repeating("alerts-journey-purging", PURGED_EVERY, kept::purge);
        this.api = new JourneyApi(sightings, new Statistics(transactions, clock)).api();
    }

    public void start() {
        writing.start();
        running.add("writing", writing);
        purging.start();
        running.add("purging", purging);
        acknowledgements.start();
        running.add("acknowledgements", acknowledgements);
    }

    /** Hears of every frame that was written to a screen's connection. Never blocks. */
    public void sent(String event, String data) {
        sightings.sent(event, data);
    }

    public List<Api> apis() {
        return List.of(api);
    }

    private void write() throws SQLException {
        sightings.write();
        if (retelling.tell() > 0) {
            committed.run();
        }
    }

    @Override
    public void close() {
        running.close();
    }
}
