package identicom.alertservice;

import identicom.alertservice.agreement.AgreementWatch;
import identicom.alertservice.canary.Canary;
import identicom.alertservice.canary.CanaryMark;
import identicom.alertservice.canary.CanarySettings;
import identicom.alertservice.http.AlertStream;
import identicom.alertservice.http.AlertsApi;
import identicom.alertservice.http.ChecklistsApi;
import identicom.alertservice.http.TestsApi;
import identicom.alertservice.journey.Journeys;
import identicom.alertservice.notify.sms.SmsChannel;
import identicom.alertservice.notify.sms.SmsSettings;
import identicom.alertservice.page.PageApi;
import identicom.alertservice.store.Actions;
import identicom.alertservice.store.AlertFollower;
import identicom.alertservice.store.AlertList;
import identicom.alertservice.store.ChangeLog;
import identicom.alertservice.store.Checklists;
import identicom.alertservice.store.Clearings;
import identicom.alertservice.store.DatabaseClock;
import identicom.alertservice.store.Incidents;
import identicom.alertservice.store.Intake;
import identicom.alertservice.store.PresenceLog;
import identicom.alertservice.store.TestAlerts;
import identicom.alertservice.store.TestPeriods;
import identicom.alertservice.store.Transactions;
import identicom.alertservice.stream.Board;
import identicom.alertservice.stream.DatabasePulse;
import identicom.alertservice.stream.Feed;
import identicom.alertservice.stream.Screen;
import identicom.alertservice.stream.Screen.Heartbeat;
import identicom.alertservice.stream.UnstoredWatch;
import identicom.alertservice.supervision.Alarms;
import identicom.alertservice.supervision.Supervision;
import identicom.alertservice.timer.Progress;
import identicom.alertservice.timer.Repeating;
import identicom.alertservice.view.CanaryUnit;
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
import java.util.stream.Stream;
import javax.sql.DataSource;

/** Alerts from critical events, the operators' stream of them, and the page that shows them. */
public final class AlertService implements AutoCloseable {

    static final Key<Duration> MEMORY_WINDOW = Key.duration(
            "alerts.memory-window",
            Duration.ofHours(1),
            "how far back critical events are read at the start, to show what the database has not stored yet");

    static final Key<Integer> STREAM_BACKLOG = Key.integer(
            "alerts.stream-backlog",
            Board.BACKLOG,
            100,
            1_000_000,
            "changes that are kept in memory for the screens; one that falls further behind is cut off and resumes by its"
                    + " last id");

    public static final List<Key<?>> KEYS = keys();

    /** Connections to its database that an instance opens at most: its pool's, and the one that asks whether the database answers. */
    public static final int CONNECTIONS = 13;

    private static final String DATABASE = "alerts";
    private static final int POOL = CONNECTIONS - 1;
    private static final Duration STATEMENT_LIMIT = Duration.ofSeconds(10);
    private static final Duration TELLING_WITHIN = Duration.ofSeconds(60);

    private final Stack running = new Stack();
    private final WearerDirectory wearers = new WearerDirectory();
    private final DatabasePulse pulse;
    private final Transactions transactions;
    private final DatabaseClock clock;
    private final ChangeLog changes;
    private final AlertList list;
    private final Incidents incidents;
    private final Board board;
    private final UnstoredWatch watch;
    private final Feed feed;
    private final OutboxRelay outbox;
    private final Holders holders;
    private final Journeys journeys;
    private final Canary canary;
    private final Escalations escalations;
    private final Supervision supervision;
    private final Progress progress;
    private final Repeating purging;
    private final OpenAlertMeters standing;
    private final AgreementWatch agreement;
    private final Inlets inlets;
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
                running.add("database", Databases.open(DATABASE, configuration, POOL, STATEMENT_LIMIT, metrics));
        DataSource pulseDatabase =
                running.add("pulse-database", Databases.openProbe(DATABASE, configuration, DatabasePulse.AWAY_AFTER));
        pulse = new DatabasePulse(pulseDatabase, health);
        clock = new DatabaseClock(clockOffset);
        transactions = new Transactions(database);
        CanarySettings settings = CanarySettings.from(configuration);
        changes = new ChangeLog(transactions, wearers, followers(settings.unit(), metrics));
        list = new AlertList(transactions);
        incidents = new Incidents(changes, clock);
        canary = new Canary(
                settings,
                transactions,
                changes,
                clock,
                new CanaryVoice(incidents, clock),
                new PresenceLog(transactions, clock)::anybody,
                metrics,
                this::committed);
        board = new Board(wearers, settings.unit(), canary::reached, configuration.get(STREAM_BACKLOG));
        journeys = new Journeys(transactions, changes, clock, clusters, health, metrics, board::holds, this::committed);
        watch = new UnstoredWatch(changes, board, pulse, Clock.systemUTC());
        feed = new Feed(changes, board, watch);
        outbox = new OutboxRelay(Actions.SCHEMA, database, clusters, health, metrics);
        holders = new Holders(configuration, transactions, changes, clock, clusters, health, metrics, feed::wake);
        Actions actions = new Actions(transactions, changes, clock, holders.holding());
        escalations = escalations(configuration, actions, health, metrics);
        progress = new Progress(
                "alerts-progress",
                health.register("escalation", false),
                TELLING_WITHIN,
                List.of(escalations.telling()));
        supervision = new Supervision(
                configuration,
                clusters,
                health,
                metrics,
                transactions,
                Alarms.of(incidents, new Clearings(changes, clock)),
                wearers,
                clockOffset,
                this::committed);
        purging = new Repeating("alerts-purging", Duration.ofMinutes(1), changes::purge);
        agreement = new AgreementWatch(
                configuration.get(AgreementWatch.WITHIN),
                transactions,
                incidents,
                metrics,
                System::nanoTime,
                this::committed);
        inlets = new Inlets(
                new Intake(transactions, changes, clock, board::shownSince),
                feed,
                watch,
                wearers,
                settings.unit(),
                agreement,
                clusters,
                health,
                metrics,
                configuration.get(MEMORY_WINDOW));
        AlertMeters.register(metrics, board, watch);
        standing = new OpenAlertMeters(metrics, transactions);
        apis = Stream.of(
                        List.of(api(actions), escalations.api(), new PageApi(configuration).api()),
                        supervision.apis(),
                        journeys.apis(),
                        canary.apis())
                .flatMap(List::stream)
                .toList();
    }

    /** In this order: what the canary raises is marked before anybody else hears of it, and wakes nobody. */
    private List<AlertFollower> followers(CanaryUnit unit, Metrics metrics) {
        CanaryMark mark = new CanaryMark(unit);
        return List.of(mark, Journeys.follower(metrics), mark.without(Escalations.follower(wearers)));
    }

    private Escalations escalations(Configuration configuration, Actions actions, Health health, Metrics metrics) {
        Escalations.Parts parts = new Escalations.Parts(
                transactions,
                clock,
                list,
                actions,
                incidents::tell,
                new PresenceLog(transactions, clock)::anybody,
                wearers,
                pulse::away,
                this::committed);
        return new Escalations(
                configuration,
                metrics,
                parts,
                replies -> List.of(new SmsChannel(SmsSettings.from(configuration), replies, health, metrics)));
    }

    private Api api(Actions actions) {
        TestAlerts tests = new TestAlerts(transactions, changes, clock);
        Api api = new Api("alert-service");
        new AlertsApi(list, actions, tests, pulse::away, this::committed).bindTo(api);
        new ChecklistsApi(new Checklists(transactions, clock), pulse::away, this::committed).bindTo(api);
        new TestsApi(new TestPeriods(transactions, tests, clock), pulse::away, this::committed).bindTo(api);
        Screen screens = new Screen(board, changes, pulse::away, this::heartbeat, () -> stopping);
        return new AlertStream(screens, holders.feeds(), this::written).bindTo(api);
    }

    /** A frame was written to a screen's connection. */
    private void written(String event, String data) {
        journeys.sent(event, data);
        canary.written(event, data);
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
        journeys.start();
        running.add("journeys", journeys);
        canary.start();
        running.add("canary", canary);
        holders.start();
        running.add("holders", holders);
        purging.start();
        running.add("purging", purging);
        standing.start();
        running.add("standing", standing);
        escalations.start();
        running.add("escalations", escalations);
        progress.start();
        running.add("progress", progress);
        agreement.start();
        running.add("agreement", agreement);
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
        keys.add(STREAM_BACKLOG);
        keys.add(AgreementWatch.WITHIN);
        keys.addAll(Holders.KEYS);
        keys.addAll(PageApi.KEYS);
        keys.addAll(SmsSettings.KEYS);
        keys.addAll(Escalations.KEYS);
        keys.addAll(CanarySettings.KEYS);
        keys.addAll(Supervision.KEYS);
        return List.copyOf(keys);
    }

    @Override
    public void close() {
        stopping = true;
        running.close();
        escalations.close(); // its channels hold threads and sockets even where it was never started
    }
}
