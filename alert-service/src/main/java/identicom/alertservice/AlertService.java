package identicom.alertservice;

import identicom.alertservice.http.AlertStream;
import identicom.alertservice.http.AlertsApi;
import identicom.alertservice.page.PageApi;
import identicom.alertservice.store.Actions;
import identicom.alertservice.store.AlertList;
import identicom.alertservice.store.ChangeLog;
import identicom.alertservice.store.DatabaseClock;
import identicom.alertservice.store.Incidents;
import identicom.alertservice.store.Intake;
import identicom.alertservice.store.Reopening;
import identicom.alertservice.store.Transactions;
import identicom.alertservice.stream.Board;
import identicom.alertservice.stream.DatabasePulse;
import identicom.alertservice.stream.Feed;
import identicom.alertservice.stream.Screen;
import identicom.alertservice.stream.Screen.Heartbeat;
import identicom.alertservice.stream.UnstoredWatch;
import identicom.alertservice.supervision.Alarms;
import identicom.alertservice.supervision.Supervision;
import identicom.alertservice.timer.Repeating;
import identicom.runtime.config.Configuration;
import identicom.runtime.config.Key;
import identicom.runtime.db.Databases;
import identicom.runtime.http.Api;
import identicom.runtime.kafka.Clusters;
import identicom.runtime.kafka.OutboxRelay;
import identicom.runtime.process.Health;
import identicom.runtime.process.Metrics;
import identicom.runtime.process.Stack;
import identicom.schema.Cluster;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** Alerts from critical events, the operators' stream of them, and the page that shows them. */
public final class AlertService implements AutoCloseable {

    static final Key<Duration> MEMORY_WINDOW = Key.duration(
            "alerts.memory-window",
            Duration.ofHours(1),
            "how far back critical events are read at the start, to show what the database has not stored yet");

    public static final List<Key<?>> KEYS = keys();

    private static final String DATABASE = "alerts";
    private static final int CONNECTIONS = 12;
    private static final Duration STATEMENT_LIMIT = Duration.ofSeconds(10);

    private final Stack running = new Stack();
    private final WearerDirectory wearers = new WearerDirectory();
    private final DatabasePulse pulse;
    private final Board board;
    private final UnstoredWatch watch;
    private final Feed feed;
    private final OutboxRelay outbox;
    private final Inlets inlets;
    private final Supervision supervision;
    private final Repeating reopening;
    private final Repeating purging;
    private final List<Api> apis;
    private volatile boolean stopping;

    public AlertService(
            Configuration configuration, Clusters clusters, Health health, Metrics metrics, Path stateDirectory) {
        this(configuration, clusters, health, metrics, () -> Duration.ZERO);
    }

    /** @param clockOffset added to the database's clock, by which alerts are timed */
    AlertService(
            Configuration configuration,
            Clusters clusters,
            Health health,
            Metrics metrics,
            Supplier<Duration> clockOffset) {
        DataSource database =
                running.add("database", Databases.open(DATABASE, configuration, CONNECTIONS, STATEMENT_LIMIT, metrics));
        DataSource pulseDatabase =
                running.add("pulse-database", Databases.openProbe(DATABASE, configuration, DatabasePulse.AWAY_AFTER));
        pulse = new DatabasePulse(pulseDatabase, health);
        DatabaseClock clock = new DatabaseClock(clockOffset);
        Transactions transactions = new Transactions(database);
        ChangeLog changes = new ChangeLog(transactions, wearers, List.of());
        board = new Board(wearers);
        watch = new UnstoredWatch(changes, board, pulse, Clock.systemUTC());
        feed = new Feed(changes, board, watch);
        outbox = new OutboxRelay(Actions.SCHEMA, database, clusters, health, metrics);
        Intake intake = new Intake(transactions, changes, clock, board::shownSince);
        Reopening timer = new Reopening(transactions, changes, clock);
        reopening = new Repeating("alerts-reopening", Duration.ofMillis(500), () -> reopen(timer));
        purging = new Repeating("alerts-purging", Duration.ofMinutes(1), changes::purge);
        inlets = new Inlets(intake, feed, watch, wearers, clusters, health, metrics, configuration.get(MEMORY_WINDOW));
        supervision = new Supervision(
                configuration,
                clusters,
                health,
                metrics,
                transactions,
                Alarms.of(new Incidents()),
                wearers,
                clockOffset,
                feed::wake);
        AlertMeters.register(metrics, board, watch);
        apis = Stream.concat(
                        Stream.of(api(transactions, changes, clock), new PageApi(configuration).api()),
                        supervision.apis().stream())
                .toList();
    }

    private Api api(Transactions transactions, ChangeLog changes, DatabaseClock clock) {
        Actions actions = new Actions(transactions, changes, clock);
        Api api = new Api("alert-service");
        new AlertsApi(new AlertList(transactions), actions, pulse::away, this::committed).bindTo(api);
        Screen screens = new Screen(board, changes, pulse::away, this::heartbeat, () -> stopping);
        return new AlertStream(screens).bindTo(api);
    }

    /** Starts whether the database and the clusters are there or not: what is there is used, the rest when it comes. */
    public void start() {
        pulse.start();
        running.add("pulse", pulse);
        watch.start();
        running.add("watch", watch);
        feed.start();
        running.add("feed", feed);
        outbox.start();
        running.add("outbox", outbox);
        reopening.start();
        running.add("reopening", reopening);
        purging.start();
        running.add("purging", purging);
        inlets.start();
        running.add("inlets", inlets);
        supervision.start();
        running.add("supervision", supervision);
        running.onClose("screens", () -> stopping = true);
    }

    public List<Api> apis() {
        return apis;
    }

    private void committed() {
        feed.wake();
        outbox.wake();
    }

    private void reopen(Reopening timer) throws SQLException {
        if (timer.reopenDue() > 0) {
            feed.wake();
        }
    }

    private Heartbeat heartbeat() {
        return new Heartbeat(
                Instant.now(), word(inlets.up(Cluster.MAIN)), word(inlets.up(Cluster.PRIORITY)), word(!pulse.away()));
    }

    private static String word(boolean up) {
        return up ? "up" : "down";
    }

    private static List<Key<?>> keys() {
        List<Key<?>> keys = new ArrayList<>(Databases.keys(DATABASE));
        keys.add(MEMORY_WINDOW);
        keys.addAll(PageApi.KEYS);
        keys.addAll(Supervision.KEYS);
        return List.copyOf(keys);
    }

    @Override
    public void close() {
        stopping = true;
        running.close();
    }
}
