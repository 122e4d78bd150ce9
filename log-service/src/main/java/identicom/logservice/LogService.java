package identicom.logservice;

import com.zaxxer.hikari.HikariDataSource;
import identicom.logservice.audit.AuditIntake;
import identicom.logservice.audit.AuditList;
import identicom.logservice.audit.Trail;
import identicom.logservice.events.EventIntake;
import identicom.logservice.events.EventList;
import identicom.logservice.events.EventStore;
import identicom.logservice.events.Months;
import identicom.logservice.http.AuditApi;
import identicom.logservice.http.EventsApi;
import identicom.logservice.http.ExportTrail;
import identicom.logservice.http.HoldsApi;
import identicom.logservice.retention.Holds;
import identicom.logservice.retention.KeptMonths;
import identicom.logservice.retention.Retention;
import identicom.runtime.config.Configuration;
import identicom.runtime.config.Key;
import identicom.runtime.db.Databases;
import identicom.runtime.http.Api;
import identicom.runtime.kafka.Clusters;
import identicom.runtime.kafka.ConsumeLoop;
import identicom.runtime.kafka.KafkaQuarantine;
import identicom.runtime.kafka.OutboxRelay;
import identicom.runtime.process.Health;
import identicom.runtime.process.Metrics;
import identicom.runtime.process.Stack;
import identicom.schema.DatabaseSchema;
import identicom.schema.Topic;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The event log and the audit trail: stored from the topics, queried over HTTP. Built here, stopped in reverse. */
public final class LogService implements AutoCloseable {
    private static final Key<Integer> MONTHS_AHEAD = Key.integer(
            "event-log.months-ahead", 24, 1, 120, "months for which the event log has a partition ahead of now");

    /** Every configuration key of this service. */
    public static final List<Key<?>> KEYS = Stream.of(
                    Databases.keys("event-log").stream(), Stream.<Key<?>>of(MONTHS_AHEAD), KeptMonths.KEYS.stream())
            .flatMap(Function.identity())
            .toList();

    /** Connections to its database that an instance opens at most. */
    public static final int CONNECTIONS = 12;

    private static final int MAX_BATCH = 2_000;

    /** Retention has one of the connections for itself: a month of a large fleet is read whole. */
    private static final Duration RETENTION_STATEMENT_LIMIT = Duration.ofHours(6);

    private final Stack stack = new Stack();
    private final Months months;
    private final Retention retention;
    private final OutboxRelay relay;
    private final ConsumeLoop events;
    private final ConsumeLoop audit;
    private final Api api = new Api("log-service");

    /** @param stateDirectory not used: all that this service keeps is in its database */
    public LogService(
            Configuration configuration, Clusters clusters, Health health, Metrics metrics, Path stateDirectory) {
        Clock clock = Clock.systemUTC();
        HikariDataSource database =
                stack.add("event-log database", Databases.open("event-log", configuration, CONNECTIONS - 1, metrics));
        KafkaQuarantine quarantine = stack.add("log quarantine", new KafkaQuarantine(clusters, metrics));
        months = stack.add(
                "event-log months", new Months(database, configuration.get(MONTHS_AHEAD), clock, health, metrics));
        relay = stack.add(
                "event-log outbox",
                new OutboxRelay(DatabaseSchema.EVENT_LOG.schemaName(), database, clusters, health, metrics));
        Trail trail = new Trail(relay::wake, clock);
        HikariDataSource patient = stack.add(
                "event-log retention database",
                Databases.openOne("event-log", "retention", configuration, RETENTION_STATEMENT_LIMIT));
        retention = stack.add(
                "event-log retention",
                new Retention(patient, KeptMonths.of(configuration), trail, clock, health, metrics));
        events = stack.add(
                "log events",
                new ConsumeLoop(
                        ConsumeLoop.Options.main(
                                "log-events",
                                MAX_BATCH,
                                Topic.EVENTS_CRITICAL,
                                Topic.EVENTS_HIGH,
                                Topic.EVENTS_ROUTINE),
                        clusters,
                        new EventIntake(new EventStore(database, metrics)),
                        quarantine,
                        health,
                        metrics));
        audit = stack.add(
                "log audit",
                new ConsumeLoop(
                        ConsumeLoop.Options.main("log-audit", MAX_BATCH, Topic.AUDIT),
                        clusters,
                        new AuditIntake(database),
                        quarantine,
                        health,
                        metrics));
        new EventsApi(new EventList(database), new ExportTrail(database, trail)).bindTo(api);
        new AuditApi(new AuditList(database)).bindTo(api);
        new HoldsApi(new Holds(database, trail)).bindTo(api);
    }

    /** Starts whether the database and the cluster are there or not: what is there is used, the rest when it comes. */
    public void start() {
        months.start();
        relay.start();
        events.start();
        audit.start();
        retention.start();
    }

    public List<Api> apis() {
        return List.of(api);
    }

    @Override
    public void close() {
        stack.close();
    }
}
