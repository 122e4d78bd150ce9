package identicom.fleetservice;

import com.zaxxer.hikari.HikariDataSource;
import identicom.fleetservice.storage.Transactions;
import identicom.fleetservice.units.Republishing;
import identicom.runtime.config.Configuration;
import identicom.runtime.db.Databases;
import identicom.runtime.kafka.Clusters;
import identicom.runtime.kafka.OutboxRelay;
import identicom.runtime.kafka.RetriableStorageException;
import identicom.runtime.process.Health;
import identicom.runtime.process.Metrics;
import identicom.schema.Topic;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Consumer;

/**
 * After a restore: the topic of units says again what the table says, and the other way round ({@link Republishing}). Needs no running
 * service, and bears one. (Signing keys and revocations need none of this: a fleet-service publishes them whenever it starts.)
 */
public final class Republish {
    private static final int CONNECTIONS = 4;

    private Republish() {}

    /**
     * Returns when main has every record.
     *
     * @param configuration of fleet-service
     * @param progress told how far it is, for a person
     * @throws RetriableStorageException main takes nothing, or cannot be read; done again it goes on
     */
    public static Republishing.Done run(Configuration configuration, Clusters clusters, Consumer<String> progress)
            throws SQLException, InterruptedException {
        Health health = new Health();
        try (Metrics metrics = new Metrics();
                HikariDataSource database = Databases.open(FleetKeys.DATABASE, configuration, CONNECTIONS, metrics)) {
            Transactions transactions = new Transactions(database, () -> {});
            Republishing.Done done = new Republishing(transactions, progress).run(clusters);
            try (OutboxRelay relay = new OutboxRelay(FleetKeys.DATABASE, database, clusters, health, metrics)) {
                relay.start();
                Publishing.await(transactions, Republish::left, health, progress);
            }
            return done;
        }
    }

    private static long left(Connection connection) throws SQLException {
        try (PreparedStatement count =
                connection.prepareStatement("select count(*) from fleet.outbox where topic = ?")) {
            count.setString(1, Topic.UNITS.topicName());
            try (ResultSet row = count.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
