package identicom.alertservice;

import identicom.alertservice.http.AlertStream;
import identicom.alertservice.http.AlertsApi;
import identicom.alertservice.http.ChecklistsApi;
import identicom.alertservice.http.TestsApi;
import identicom.alertservice.page.PageApi;
import identicom.alertservice.store.Actions;
import identicom.alertservice.store.AlertList;
import identicom.alertservice.store.ChangeLog;
import identicom.alertservice.store.Checklists;
import identicom.alertservice.store.DatabaseClock;
import identicom.alertservice.store.Intake;
import identicom.alertservice.store.TestAlerts;
import identicom.alertservice.store.TestPeriods;
import identicom.alertservice.store.Transactions;
import identicom.alertservice.stream.Board;
import identicom.alertservice.stream.DatabasePulse;
import identicom.alertservice.stream.Feed;
import identicom.alertservice.stream.Screen;
import identicom.alertservice.stream.Screen.Heartbeat;
import identicom.alertservice.stream.UnstoredWatch;
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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
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
    private final Holders holders;
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
        holders = new Holders(configuration, transactions, changes, clock, clusters, health, metrics, feed::wake);
        purging = new Repeating("alerts-purging", Duration.ofMinutes(1), changes::purge);
        inlets = new Inlets(intake, feed, watch, wearers, clusters, health, metrics, configuration.get(MEMORY_WINDOW));
        AlertMeters.register(metrics, board, watch);
        apis = List.of(api(transactions, changes, clock), new PageApi(configuration).api());
    }

    private Api api(Transactions transactions, ChangeLog changes, DatabaseClock clock) {
        Actions actions = new Actions(transactions, changes, clock, holders.holding());
        TestAlerts tests = new TestAlerts(transactions, changes, clock);
        Api api = new Api("alert-service");
        new AlertsApi(new AlertList(transactions), actions, tests, pulse::away, this::committed).bindTo(api);
        new ChecklistsApi(new Checklists(transactions, clock), pulse::away, this::committed).bindTo(api);
        new TestsApi(new TestPeriods(transactions, tests, clock), pulse::away, this::committed).bindTo(api);
        Screen screens = new Screen(board, changes, pulse::away, this::heartbeat, () -> stopping);
        return new AlertStream(screens, holders.feeds()).bindTo(api);
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
        holders.start();
        running.add("holders", holders);
        purging.start();
        running.add("purging", purging);
        inlets.start();
        running.add("inlets", inlets);
        running.onClose("screens", () -> stopping = true);
    }

    public List<Api> apis() {
        return apis;
    }

    private void committed() {
        feed.wake();
        outbox.wake();
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
        keys.addAll(Holders.KEYS);
        keys.addAll(PageApi.KEYS);
        return List.copyOf(keys);
    }

    @Override
    public void close() {
        stopping = true;
        running.close();
    }
}
