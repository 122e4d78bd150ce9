package identicom.alertservice.supervision.store;

import identicom.alertservice.supervision.rule.Unit;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Supervision as people see it: units that are commissioned, in the order of their serials, and how many. */
public final class Overview {

    /** Which units are listed. Each has an index of its own but the last. */
    public enum Which {
        OVERDUE("overdue_us is not null"),
        NEVER_SEEN("heard_us is null"),
        OFF("phase = 2"),
        ALL("true");

        private final String condition;

        Which(String condition) {
            this.condition = condition + " and commissioned";
        }

        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private Overview() {}

    /** @param after serials after this one */
    public static List<Unit> list(Connection tx, Which which, String after, int limit) throws SQLException {
        String sql = "select " + Roster.COLUMNS + " from alerts.supervised where " + which.condition
                + " and serial > ? order by serial limit ?";
        List<Unit> units = new ArrayList<>();
        try (PreparedStatement query = tx.prepareStatement(sql)) {
            query.setString(1, after);
            query.setInt(2, limit);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    units.add(Roster.unit(row));
                }
            }
        }
        return units;
    }

    /** Of a million units all of them takes a moment: not to be asked for whoever looks. */
    public static long count(Connection tx, Which which) throws SQLException {
        try (PreparedStatement query =
                        tx.prepareStatement("select count(*) from alerts.supervised where " + which.condition);
                ResultSet row = query.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
