package identicom.fleetservice;

import com.zaxxer.hikari.HikariDataSource;
import identicom.fleetservice.audit.Actor;
import identicom.fleetservice.audit.AuditTrail;
import identicom.fleetservice.storage.Transactions;
import identicom.fleetservice.units.WearersUnits;
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
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Takes a wearer's name and phone out of the units, and tells the audit trail that they are being forgotten. Needs no running service,
 * and bears one.
 */
public final class ForgetWearer {
    private static final int CONNECTIONS = 4;

    /**
     * What is wanted.
     *
     * @param wearer exactly as the units have it
     * @param pseudonym that comes in its place
     * @param by who does it, 1 to 64 characters
     * @param reason without name and phone, as it stays in the audit trail
     * @param found in how many rows of each table the wearer was found, for the audit trail
     */
    public record Order(String wearer, String pseudonym, String by, String reason, Map<String, Long> found) {
        public Order {
            found = Map.copyOf(found);
        }

        /** Without the name, so that no log has it by mistake. */
        @Override
        public String toString() {
            return pseudonym;
        }
    }

    private record Done(int units, long newestRecord) {}

    private ForgetWearer() {}

    /**
     * Returns when main has every record of it.
     *
     * @param configuration of fleet-service
     * @param progress told how far it is, for a person
     * @return how many units were changed
     * @throws RetriableStorageException main takes nothing; done again it goes on
     */
    public static int run(Configuration configuration, Clusters clusters, Order order, Consumer<String> progress)
            throws SQLException, InterruptedException {
        Health health = new Health();
        try (Metrics metrics = new Metrics();
                HikariDataSource database = Databases.open(FleetKeys.DATABASE, configuration, CONNECTIONS, metrics)) {
            Transactions transactions = new Transactions(database, () -> {});
            Done done = transactions.write(tx -> forget(tx, order, Instant.now()));
            try (OutboxRelay relay = new OutboxRelay(FleetKeys.DATABASE, database, clusters, health, metrics)) {
                relay.start();
                Publishing.await(
                        transactions, connection -> waiting(connection, done.newestRecord()), health, progress);
            }
            return done.units();
        }
    }

    private static Done forget(Connection tx, Order order, Instant now) throws SQLException {
        int units = WearersUnits.rename(tx, order.wearer(), order.pseudonym(), now, order.by());
        Map<String, String> detail = new TreeMap<>();
        order.found().forEach((table, rows) -> detail.put(table, rows.toString()));
        detail.put("reason", order.reason());
        AuditTrail.add(tx, now, new Actor(order.by(), "", ""), "wearer.forget", order.pseudonym(), detail);
        return new Done(units, newestRecord(tx));
    }

    private static long newestRecord(Connection tx) throws SQLException {
        try (PreparedStatement newest = tx.prepareStatement("select max(id) from fleet.outbox");
                ResultSet row = newest.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** What goes to main alone, as these records do: with priority away other records can wait for long. */
    private static long waiting(Connection connection, long newestRecord) throws SQLException {
        try (PreparedStatement count =
                connection.prepareStatement("select count(*) from fleet.outbox where id <= ? and topic in (?, ?)")) {
            count.setLong(1, newestRecord);
            count.setString(2, Topic.UNITS.topicName());
            count.setString(3, Topic.AUDIT.topicName());
            try (ResultSet row = count.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
