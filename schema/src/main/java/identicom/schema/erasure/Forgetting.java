package identicom.schema.erasure;

import static identicom.schema.erasure.Sql.W;

import identicom.schema.Migrations;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts a pseudonym in place of a wearer's name and phone in alerts and in the audit trail, as the owner of all schemas in one database:
 * no service's role may change what happened. Rows stay, and with them their order, times and who did it.
 *
 * <p>Each table is one statement and a transaction of its own, so that a row in which a service has an interest is locked for moments.
 * All of it can be done again at any time; with the same pseudonym it goes on where it ended. One thread.
 */
public final class Forgetting implements AutoCloseable {
    private static final String LIMITS = "set statement_timeout = '10min'; set lock_timeout = '10s'";

    /** The alert of a unit that names the wearer now counts too: when it was raised the name may not have been known. */
    private static final String OPEN = W + """
            select 'A' || t.number from w, alerts.alert t
             where t.state <> 'closed'
               and (t.wearer = w.name or t.serial in (select u.serial from fleet.units u where u.wearer = w.name))
             order by t.number""";

    private final Connection connection;
    private final Wearer wearer;

    private Forgetting(Connection connection, Wearer wearer) {
        this.connection = connection;
        this.wearer = wearer;
    }

    /** Logs in. A statement has 10 minutes, and 10 s for each lock. */
    public static Forgetting begin(Migrations.Admin owner, Wearer wearer) throws SQLException {
        Connection connection = DriverManager.getConnection(owner.url(), owner.user(), owner.password());
        try (Statement limits = connection.createStatement()) {
            limits.execute(LIMITS);
            return new Forgetting(connection, wearer);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** @throws StillOpenException an alert that is not closed is about the wearer */
    public void requireNothingOpen() throws SQLException, StillOpenException {
        List<String> open = texts(OPEN);
        if (!open.isEmpty()) {
            throw new StillOpenException(open);
        }
    }

    /** How many rows of each table tell of the wearer now, those included that {@link #forget} leaves. */
    public Map<String, Long> count() throws SQLException {
        Map<String, Long> rows = new LinkedHashMap<>();
        for (Place place : Place.values()) {
            try (PreparedStatement count = statement(place.countStatement());
                    ResultSet row = count.executeQuery()) {
                row.next();
                rows.put(place.table(), row.getLong(1));
            }
        }
        return rows;
    }

    /** What a person has to look at, a line each, without name and phone: what names the wearer and is not changed here. */
    public List<String> notes() throws SQLException {
        return texts(Notes.STATEMENT);
    }

    /**
     * Changes everything but units, which their own service changes before.
     *
     * @return the rows changed of each table
     * @throws StillOpenException an alert was raised meanwhile
     */
    public Map<String, Long> forget() throws SQLException, StillOpenException {
        requireNothingOpen();
        Map<String, Long> changed = new LinkedHashMap<>();
        for (Place place : Place.values()) {
            if (place.isChanged()) {
                try (PreparedStatement change = statement(place.changeStatement())) {
                    changed.put(place.table(), change.executeLargeUpdate());
                }
            }
        }
        return changed;
    }

    private List<String> texts(String sql) throws SQLException {
        try (PreparedStatement query = statement(sql);
                ResultSet row = query.executeQuery()) {
            List<String> texts = new ArrayList<>();
            while (row.next()) {
                texts.add(row.getString(1));
            }
            return texts;
        }
    }

    private PreparedStatement statement(String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        Sql.bind(statement, wearer);
        return statement;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
