package identicom.alertservice.store;

import identicom.alertservice.alert.Alert;
import identicom.alertservice.view.AlertJson;
import identicom.alertservice.view.AlertView;
import identicom.schema.EventIdentity;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What the screens are told, in commit order.
 *
 * <p>{@link #append} is the last thing that a transaction does: it takes an advisory lock that is held until the commit
 * is visible, and only then draws ids. So whoever sees an id sees every lower one that will ever be: reading on from
 * the last id seen misses nothing, at whichever instance. A rolled back transaction leaves a hole, never a gap.
 */
public final class ChangeLog {

    public static final Duration KEPT = Duration.ofHours(24);

    private static final long COMMIT_ORDER_LOCK = 0x1DE27_0001L;

    /**
     * One change of one alert.
     *
     * @param identities the events that it stored
     * @param body the alert as it then was, JSON of one line
     */
    public record Change(long id, UUID alertId, boolean closed, List<EventIdentity> identities, String body) {}

    /** The ids from which a stream can be resumed: those after {@code purgedTo}, itself, and up to {@code newest}. */
    public record Range(long purgedTo, long newest) {
        public boolean holds(long id) {
            return id >= purgedTo && id <= newest;
        }
    }

    /** The alerts that were not closed at one moment, oldest change first, and what the log then held. */
    public record Snapshot(List<Change> open, Range range) {}

    private final Transactions transactions;
    private final Wearers wearers;

    public ChangeLog(Transactions transactions, Wearers wearers) {
        this.transactions = transactions;
        this.wearers = wearers;
    }

    /** Tells of these alerts as they now are. Nothing may follow it in the transaction. */
    void append(Connection tx, Collection<Alert> alerts, Map<UUID, List<EventIdentity>> identities, Instant now)
            throws SQLException {
        nameWearers(tx, alerts);
        List<UUID> ids = alerts.stream().map(Alert::id).toList();
        List<AlertView> views =
                Views.load(tx, ids).reversed().stream().map(Views.Shown::view).toList();
        List<String> bodies = views.stream().map(AlertJson::write).toList();
        try (PreparedStatement lock = tx.prepareStatement("select pg_advisory_xact_lock(?)")) {
            lock.setLong(1, COMMIT_ORDER_LOCK);
            lock.execute();
        }
        String sql = """
                with entry as (
                    insert into alerts.change (alert_id, at, closed, identities, body)
                    values (?, ?, ?, ?, ?) returning id, alert_id)
                update alerts.alert set change_id = entry.id from entry where alert.id = entry.alert_id""";
        try (PreparedStatement insert = tx.prepareStatement(sql)) {
            for (int i = 0; i < views.size(); i++) {
                AlertView view = views.get(i);
                insert.setObject(1, view.id());
                Rows.set(insert, 2, now);
                insert.setBoolean(3, view.alert().closed());
                insert.setArray(4, identities(tx, identities.getOrDefault(view.id(), List.of())));
                insert.setString(5, bodies.get(i));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private void nameWearers(Connection tx, Collection<Alert> alerts) throws SQLException {
        String sql = "update alerts.alert set wearer = ? where id = ? and wearer is distinct from ?";
        try (PreparedStatement update = tx.prepareStatement(sql)) {
            for (Alert alert : alerts) {
                String wearer = alert.serial() == null ? null : wearers.of(alert.serial());
                if (wearer != null) {
                    update.setString(1, wearer);
                    update.setObject(2, alert.id());
                    update.setString(3, wearer);
                    update.addBatch();
                }
            }
            update.executeBatch();
        }
    }

    private static Array identities(Connection tx, List<EventIdentity> ids) throws SQLException {
        return Rows.bytes(tx, ids.stream().map(EventIdentity::bytes).toList());
    }

    public List<Change> after(long id, int atMost) throws SQLException {
        String sql = """
                select id, alert_id, closed, identities, body from alerts.change where id > ? order by id limit ?""";
        return transactions.run(tx -> {
            try (PreparedStatement query = tx.prepareStatement(sql)) {
                query.setLong(1, id);
                query.setInt(2, atMost);
                return read(query);
            }
        });
    }

    public Range range() throws SQLException {
        return transactions.run(ChangeLog::range);
    }

    /** What is not closed now. */
    public Snapshot snapshot() throws SQLException {
        return transactions.snapshot(tx -> {
            Range range = range(tx);
            List<UUID> open = new ArrayList<>();
            try (PreparedStatement query = tx.prepareStatement("select id from alerts.alert where state <> 'closed'");
                    ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    open.add(Rows.uuid(row, "id"));
                }
            }
            return new Snapshot(asChanges(Views.load(tx, open)), range);
        });
    }

    /** Where these events were stored: those that were not are absent. */
    public Map<EventIdentity, UUID> alertsOf(Collection<EventIdentity> events) throws SQLException {
        return transactions.run(tx -> {
            Map<EventIdentity, UUID> alerts = new HashMap<>();
            EventTable.known(tx, events).forEach((id, known) -> alerts.put(id, known.alertId()));
            return alerts;
        });
    }

    /** These alerts as they are now, whatever their state. */
    public List<Change> present(Collection<UUID> alerts) throws SQLException {
        return transactions.run(tx -> asChanges(Views.load(tx, alerts)));
    }

    private static List<Change> asChanges(List<Views.Shown> shown) {
        return shown.stream()
                .sorted(Comparator.comparingLong(Views.Shown::changeId))
                .map(s -> new Change(
                        s.changeId(), s.view().id(), s.view().alert().closed(), List.of(), AlertJson.write(s.view())))
                .toList();
    }

    /** Forgets changes older than {@link #KEPT}, and doubtful serials that no flood can be made of any more. */
    public void purge() throws SQLException {
        String sql = """
                with gone as (delete from alerts.change where at < clock_timestamp() - ? * interval '1 second' returning id)
                update alerts.change_floor
                   set purged_to = greatest(purged_to, coalesce((select max(id) from gone), 0))""";
        transactions.run(tx -> {
            try (PreparedStatement delete = tx.prepareStatement(sql);
                    PreparedStatement old = tx.prepareStatement(
                            "delete from alerts.doubtful where at < clock_timestamp() - interval '1 day'")) {
                delete.setLong(1, KEPT.toSeconds());
                old.executeUpdate();
                return delete.executeUpdate();
            }
        });
    }

    private static Range range(Connection tx) throws SQLException {
        String sql = """
                select purged_to, greatest(purged_to, coalesce((select max(id) from alerts.change), 0)) as newest
                  from alerts.change_floor""";
        try (PreparedStatement query = tx.prepareStatement(sql);
                ResultSet row = query.executeQuery()) {
            row.next();
            return new Range(row.getLong("purged_to"), row.getLong("newest"));
        }
    }

    private static List<Change> read(PreparedStatement query) throws SQLException {
        List<Change> changes = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                byte[][] identities = (byte[][]) row.getArray("identities").getArray();
                changes.add(new Change(
                        row.getLong("id"),
                        Rows.uuid(row, "alert_id"),
                        row.getBoolean("closed"),
                        Arrays.stream(identities).map(EventIdentity::ofBytes).toList(),
                        row.getString("body")));
            }
        }
        return changes;
    }
}
