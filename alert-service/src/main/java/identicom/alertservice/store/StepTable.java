package identicom.alertservice.store;

import identicom.alertservice.alert.Alert;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Rows of {@code alerts.step}: an alert's own checklist, and what else was done about it. */
final class StepTable {

    /** What an alert's list holds at most; beyond it what was done is told in notes. */
    static final int MOST = 200;

    private StepTable() {}

    /** Alerts that were just raised take the list of their kind. */
    static void takeLists(Connection tx, Collection<Alert> alerts) throws SQLException {
        take(tx, alerts, "");
    }

    /** Before they are written: those that are of another kind by now get its steps that they do not have. */
    static void takeGraverLists(Connection tx, Collection<Alert> alerts) throws SQLException {
        take(tx, alerts, " join alerts.alert before on before.id = now.id and before.kind <> now.kind");
    }

    private static void take(Connection tx, Collection<Alert> alerts, String ofThem) throws SQLException {
        String sql = "insert into alerts.step (alert_id, step) select now.id, listed.step"
                + " from unnest(?, ?) as now (id, kind)" + ofThem
                + " join alerts.checklist list on list.kind = now.kind"
                + " cross join unnest(list.steps) with ordinality as listed (step, nth)"
                + " order by now.id, listed.nth on conflict do nothing";
        try (PreparedStatement insert = tx.prepareStatement(sql)) {
            insert.setArray(1, Rows.uuids(tx, alerts.stream().map(Alert::id).toList()));
            insert.setArray(2, Rows.texts(tx, alerts.stream().map(Alert::kind).toList()));
            insert.executeUpdate();
        }
    }

    static List<String> open(Connection tx, UUID alert) throws SQLException {
        String sql = "select step from alerts.step where alert_id = ? and done_at is null order by ordinal";
        try (PreparedStatement query = tx.prepareStatement(sql)) {
            query.setObject(1, alert);
            try (ResultSet row = query.executeQuery()) {
                List<String> steps = new ArrayList<>();
                while (row.next()) {
                    steps.add(row.getString(1));
                }
                return steps;
            }
        }
    }

    /** Whether the alert's list, with this step, is not too long. */
    static boolean hasRoom(Connection tx, UUID alert, String step) throws SQLException {
        String sql = "select count(*) < ? from alerts.step where alert_id = ? and step <> ?";
        try (PreparedStatement query = tx.prepareStatement(sql)) {
            query.setInt(1, MOST);
            query.setObject(2, alert);
            query.setString(3, step);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /** A step that is not on the list is added to it. Whether it was not done already. */
    static boolean done(Connection tx, UUID alert, String step, String who, Instant now) throws SQLException {
        String sql = """
                insert into alerts.step as s (alert_id, step, done_at, done_by) values (?, ?, ?, ?)
                on conflict (alert_id, step) do update set done_at = excluded.done_at, done_by = excluded.done_by
                 where s.done_at is null""";
        try (PreparedStatement insert = tx.prepareStatement(sql)) {
            insert.setObject(1, alert);
            insert.setString(2, step);
            Rows.set(insert, 3, now);
            insert.setString(4, who);
            return insert.executeUpdate() == 1;
        }
    }
}
