package identicom.fleetservice;

import com.zaxxer.hikari.HikariDataSource;
import identicom.fleetservice.commands.CommandResults;
import identicom.fleetservice.commands.CommandsApi;
import identicom.fleetservice.overview.SystemApi;
import identicom.fleetservice.presence.Presence;
import identicom.fleetservice.storage.Transactions;
import identicom.fleetservice.tokens.SigningKeys;
import identicom.fleetservice.tokens.TokenIssuer;
import identicom.fleetservice.units.OwnUnit;
import identicom.fleetservice.units.UnitsApi;
import identicom.fleetservice.units.csv.ImportApi;
import identicom.fleetservice.users.BcryptPasswords;
import identicom.fleetservice.users.LoginApi;
import identicom.fleetservice.users.LoginMetrics;
import identicom.fleetservice.users.Throttle;
import identicom.fleetservice.users.UsersApi;
import identicom.runtime.config.Configuration;
import identicom.runtime.config.ConfigurationException;
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
import identicom.schema.Topic;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;

/** Units (the whitelist's master), commands to them, users and login, signing keys, who is connected. Built here, stopped in reverse. */
public final class FleetService implements AutoCloseable {
    /** Every configuration key of this service. */
    public static final List<Key<?>> KEYS = FleetKeys.all();

    /** Connections to its database that an instance opens at most. */
    public static final int CONNECTIONS = 12;

    private static final int MAX_BATCH = 5_000;

    private final Stack stack = new Stack();
    private final Clock clock = Clock.systemUTC();
    private final Transactions transactions;
    private final OutboxRelay relay;
    private final ConsumeLoop events;
    private final ConsumeLoop sessions;
    private final ConsumeLoop commandResults;
    private final Upkeep upkeep;
    private final SystemApi system;
    private final Api api = new Api("fleet-service");

    /** @param stateDirectory not used: all that this service keeps is in its database */
    public FleetService(
            Configuration configuration, Clusters clusters, Health health, Metrics metrics, Path stateDirectory) {
        HikariDataSource database =
                stack.add("fleet database", Databases.open(FleetKeys.DATABASE, configuration, CONNECTIONS, metrics));
        KafkaQuarantine quarantine = stack.add("fleet quarantine", new KafkaQuarantine(clusters, metrics));
        relay = stack.add("fleet outbox", new OutboxRelay(FleetKeys.DATABASE, database, clusters, health, metrics));
        transactions = new Transactions(database, relay::wake);

        Presence presence = new Presence(new Transactions(database, () -> {}), clock);
        events = stack.add(
                "fleet events",
                new ConsumeLoop(
                        ConsumeLoop.Options.main(
                                "fleet-events",
                                MAX_BATCH,
                                Topic.EVENTS_CRITICAL,
                                Topic.EVENTS_HIGH,
                                Topic.EVENTS_ROUTINE),
                        clusters,
                        presence::events,
                        quarantine,
                        health,
                        metrics));
        sessions = stack.add(
                "fleet sessions",
                new ConsumeLoop(
                        ConsumeLoop.Options.main("fleet-sessions", MAX_BATCH, Topic.SESSIONS),
                        clusters,
                        presence::sessions,
                        quarantine,
                        health,
                        metrics));
        commandResults = stack.add(
                "fleet command results",
                new ConsumeLoop(
                        ConsumeLoop.Options.main("fleet-command-results", MAX_BATCH, Topic.COMMAND_RESULTS),
                        clusters,
                        new CommandResults(new Transactions(database, () -> {}))::results,
                        quarantine,
                        health,
                        metrics));

        BcryptPasswords passwords = stack.add(
                "passwords",
                new BcryptPasswords(
                        configuration.get(FleetKeys.BCRYPT_COST), configuration.get(FleetKeys.HASH_THREADS)));
        Throttle throttle = new Throttle(
                clock,
                new Throttle.Limits(
                        configuration.get(FleetKeys.USER_FAILURES),
                        configuration.get(FleetKeys.ADDRESS_FAILURES),
                        configuration.get(FleetKeys.FAILURE_SPAN)));
        SigningKeys keys = new SigningKeys(configuration.get(FleetKeys.KEY_ROTATION));
        UsersApi users = new UsersApi(transactions, passwords, clock);
        users.bind(api);
        new LoginApi(transactions, passwords, throttle, new TokenIssuer(keys), new LoginMetrics(metrics), clock)
                .bind(api);
        new UnitsApi(transactions, clock).bind(api);
        new CommandsApi(transactions, clock).bind(api);
        new ImportApi(
                        transactions,
                        clock,
                        configuration.get(FleetKeys.IMPORT_MAX_BYTES),
                        configuration.get(FleetKeys.IMPORT_MAX_LINES))
                .bind(api);
        system = stack.add(
                "system's state",
                new SystemApi(transactions, clusters, FleetKeys.backlogLimits(configuration), metrics, clock));
        system.bind(api);
        upkeep = stack.add(
                "fleet upkeep",
                new Upkeep(
                        transactions,
                        users,
                        keys,
                        configuration.get(FleetKeys.ADMIN_PASSWORD),
                        health.register("fleet-login", true),
                        clock));
    }

    /** @throws ConfigurationException there is no user yet, and {@code admin.password} cannot be a user's */
    public void start() throws ConfigurationException {
        upkeep.start();
        relay.start();
        events.start();
        sessions.start();
        commandResults.start();
        system.start();
    }

    /** Commissions a unit of the system's own; one that is commissioned stays as it is. */
    public void commission(String serial, String wearer) throws SQLException {
        OwnUnit.commission(transactions, clock.instant(), serial, wearer);
    }

    public List<Api> apis() {
        return List.of(api);
    }

    @Override
    public void close() {
        stack.close();
    }
}
