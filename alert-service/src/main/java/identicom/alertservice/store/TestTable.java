package identicom.alertservice.store;

import identicom.alertservice.alert.OnTest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Rows of {@code alerts.on_test}. */
final class TestTable {

    private TestTable() {}

    /** Those of these units that are on test. */
    static List<OnTest> of(Connection tx, Collection<String> serials, Instant now) throws SQLException {
        String sql = "select * from alerts.on_test where serial = any(?) and until > ?";
        try (PreparedStatement query = tx.prepareStatement(sql)) {
            query.setArray(1, Rows.texts(tx, serials));
            Rows.set(query, 2, now);
            return read(query);
        }
    }

    /** Units on test after this serial, in order. */
    static List<OnTest> after(Connection tx, String serial, int atMost, Instant now) throws SQLException {
        String sql = "select * from alerts.on_test where serial > ? and until > ? order by serial limit ?";
        try (PreparedStatement query = tx.prepareStatement(sql)) {
            query.setString(1, serial);
            Rows.set(query, 2, now);
            query.setInt(3, atMost);
            return read(query);
        }
    }

    private static List<OnTest> read(PreparedStatement query) throws SQLException {
        List<OnTest> units = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                units.add(new OnTest(
                        row.getString("serial"),
                        Rows.instant(row, "since"),
                        Rows.instant(row, "until"),
                        row.getString("set_by")));
            }
        }
        return units;
    }

    static void put(Connection tx, OnTest unit) throws SQLException {
        String sql = """
                insert into alerts.on_test (serial, since, until, set_by) values (?, ?, ?, ?)
                on conflict (serial) do update
                    set since = excluded.since, until = excluded.until, set_by = excluded.set_by""";
        try (PreparedStatement insert = tx.prepareStatement(sql)) {
            insert.setString(1, unit.serial());
            Rows.set(insert, 2, unit.since());
            Rows.set(insert, 3, unit.until());
            insert.setString(4, unit.setBy());
            insert.executeUpdate();
        }
    }

    static void delete(Connection tx, String serial) throws SQLException {
        try (PreparedStatement delete = tx.prepareStatement("delete from alerts.on_test where serial = ?")) {
            delete.setString(1, serial);
            delete.executeUpdate();
        }
    }
}
