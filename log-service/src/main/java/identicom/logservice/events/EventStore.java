package identicom.logservice.events;

import identicom.runtime.db.Rollback;
import identicom.runtime.process.Metrics;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * Writes rows to the event log, a batch in one transaction and one statement. A row whose identity is there already changes nothing,
 * but that its trust rises when it comes as whitelisted. Several instances can write the same rows at once.
 */
public final class EventStore {

    /** A column with its type in PostgreSQL and where its value comes from; the order is that of the statement's parameters. */
    private record Column(String name, String arrayType, String castTo, Function<EventRow, Object> value) {}

    private static final List<Column> COLUMNS = List.of(
            column("identity", "bytea", row -> row.identity().bytes()),
            column("event_time", "timestamptz", row -> row.eventTime().toString()),
            column("serial", "text", EventRow::serial),
            column("log_id", "int2", EventRow::logId),
            column("sequence", "int8", EventRow::sequence),
            column("type_code", "int2", EventRow::typeCode),
            column("type_name", "text", EventRow::typeName),
            new Column("class", "text", "::event_log.event_class", EventRow::eventClass),
            column("flags", "int2", EventRow::flags),
            column("clock_set", "bool", EventRow::clockSet),
            column("late", "bool", EventRow::late),
            nullable("latitude_e7", "int4", EventRow::latitudeE7),
            nullable("longitude_e7", "int4", EventRow::longitudeE7),
            nullable("battery", "int2", EventRow::battery),
            nullable("signal_dbm", "int2", EventRow::signalDbm),
            column("software_version", "text", EventRow::softwareVersion),
            column("raw", "bytea", EventRow::raw),
            column("session_id", "text", EventRow::sessionId),
            column("station", "text", EventRow::station),
            column("source_address", "text", EventRow::sourceAddress),
            column("accepted_at", "timestamptz", row -> row.acceptedAt().toString()),
            column("decoded_at", "timestamptz", row -> row.decodedAt().toString()),
            new Column("trust", "text", "::event_log.trust", EventRow::trust));

    private static final String INSERT = insert();
    private static final String RAISE = "select event_log.raise_trust(?, ?)";

    private final DataSource database;
    private final LogMeters meters;

    public EventStore(DataSource database, Metrics metrics) {
        this.database = database;
        this.meters = new LogMeters(metrics);
    }

    /**
     * Stores {@code rows}, each of another identity, and returns once the transaction is committed.
     *
     * @param repeats how many further deliveries the rows stand for
     */
    void store(Collection<EventRow> rows, int repeats) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        // In one order everywhere: two instances with the same rows wait for each other and cannot deadlock.
        List<EventRow> ordered = new ArrayList<>(rows);
        ordered.sort(Comparator.comparing(row -> row.identity().toString()));
        long inserted;
        long raised = 0;
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                inserted = insert(connection, ordered);
                if (inserted < ordered.size()) {
                    raised = raise(
                            connection,
                            ordered.stream().filter(EventRow::whitelisted).toList());
                }
                connection.commit();
            } finally {
                Rollback.of(connection);
            }
        }
        meters.batch(inserted, ordered.size() - inserted + repeats, raised);
        meters.arrived(ordered);
    }

    private static long insert(Connection connection, List<EventRow> rows) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (int i = 0; i < COLUMNS.size(); i++) {
                insert.setArray(i + 1, array(connection, COLUMNS.get(i), rows));
            }
            return insert.executeLargeUpdate();
        }
    }

    private static long raise(Connection connection, List<EventRow> rows) throws SQLException {
        if (rows.isEmpty()) {
            return 0;
        }
        try (PreparedStatement raise = connection.prepareStatement(RAISE)) {
            raise.setArray(1, array(connection, COLUMNS.get(0), rows));
            raise.setArray(2, array(connection, COLUMNS.get(1), rows));
            try (ResultSet result = raise.executeQuery()) {
                result.next();
                return result.getLong(1);
            }
        }
    }

    private static Array array(Connection connection, Column column, List<EventRow> rows) throws SQLException {
        if (column.arrayType().equals("bytea")) {
            byte[][] values =
                    rows.stream().map(row -> (byte[]) column.value().apply(row)).toArray(byte[][]::new);
            return connection.createArrayOf("bytea", values);
        }
        return connection.createArrayOf(
                column.arrayType(), rows.stream().map(column.value()).toArray());
    }

    private static Column column(String name, String type, Function<EventRow, Object> value) {
        return new Column(name, type, "", value);
    }

    @SuppressWarnings("NullAway")
    private static Column nullable(String name, String type, Function<EventRow, ?> value) {
        return new Column(name, type, "", value::apply);
    }

    private static String insert() {
        List<String> names = COLUMNS.stream().map(Column::name).toList();
        List<String> values = COLUMNS.stream().map(c -> c.name() + c.castTo()).toList();
        List<String> parameters =
                COLUMNS.stream().map(c -> "?::" + c.arrayType() + "[]").toList();
        return "insert into event_log.event (" + String.join(", ", names) + ") select " + String.join(", ", values)
                + " from unnest(" + String.join(", ", parameters) + ") as row (" + String.join(", ", names)
                + ") on conflict (identity, event_time) do nothing";
    }
}
