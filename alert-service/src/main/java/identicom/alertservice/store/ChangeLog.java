package identicom.alertservice.store;

import identicom.alertservice.alert.Alert;
import identicom.alertservice.view.AlertJson;
import identicom.alertservice.view.AlertView;
import identicom.schema.EventIdentity;
import java.io.ByteArrayOutputStream;
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
import org.jspecify.annotations.Nullable;

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
    private final List<AlertFollower> followers;

    public ChangeLog(Transactions transactions, Wearers wearers, List<AlertFollower> followers) {
        this.transactions = transactions;
        this.wearers = wearers;
        this.followers = List.copyOf(followers);
    }

    /** Tells of these alerts as they now are. Nothing may follow it in the transaction. */
    void append(Connection tx, Collection<Alert> alerts, Map<UUID, List<EventIdentity>> identities, Instant now)
            throws SQLException {
        nameWearers(tx, alerts);
        for (AlertFollower follower : followers) {
            follower.changed(tx, alerts, now);
        }
        List<UUID> ids = alerts.stream().map(Alert::id).toList();
        List<AlertView> views =
                Views.load(tx, ids).reversed().stream().map(Views.Shown::view).toList();
        List<byte[]> stored =
                views.stream().map(view -> together(identities.get(view.id()))).toList();
        List<String> bodies = views.stream().map(AlertJson::write).toList();
        try (PreparedStatement lock = tx.prepareStatement("select pg_advisory_xact_lock(?)")) {
            lock.setLong(1, COMMIT_ORDER_LOCK);
            lock.execute();
        }
        String sql = """
                with entry as (
                    insert into alerts.change (alert_id, at, closed, identities, body)
                    select alert_id, ?, closed, identities, body
                      from unnest(?, ?, ?, ?) with ordinality as told (alert_id, closed, identities, body, nth)
                     order by nth
                    returning id, alert_id)
                update alerts.alert set change_id = entry.id from entry where alert.id = entry.alert_id""";
        try (PreparedStatement insert = tx.prepareStatement(sql)) {
            Rows.set(insert, 1, now);
            insert.setArray(2, Rows.uuids(tx, views.stream().map(AlertView::id).toList()));
            insert.setArray(3, tx.createArrayOf("boolean", closed(views)));
            insert.setArray(4, Rows.bytes(tx, stored));
            insert.setArray(5, Rows.texts(tx, bodies));
            insert.executeUpdate();
        }
    }

    private static Object[] closed(List<AlertView> views) {
        return views.stream().map(view -> view.alert().closed()).toArray();
    }

    private static byte[] together(@Nullable List<EventIdentity> identities) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (EventIdentity identity : identities == null ? List.<EventIdentity>of() : identities) {
            bytes.writeBytes(identity.bytes());
        }
        return bytes.toByteArray();
    }

    private static List<EventIdentity> apart(byte[] together) {
        List<EventIdentity> identities = new ArrayList<>();
        for (int at = 0; at < together.length; at += EventIdentity.LENGTH) {
            identities.add(EventIdentity.ofBytes(Arrays.copyOfRange(together, at, at + EventIdentity.LENGTH)));
        }
        return identities;
    }

    private void nameWearers(Connection tx, Collection<Alert> alerts) throws SQLException {
        Map<UUID, String> names = new HashMap<>();
        for (Alert alert : alerts) {
            String wearer = alert.serial() == null ? null : wearers.of(alert.serial());
            if (wearer != null) {
                names.put(alert.id(), wearer);
            }
        }
        String sql = """
                update alerts.alert set wearer = named.wearer from unnest(?, ?) as named (id, wearer)
                 where alert.id = named.id and alert.wearer is distinct from named.wearer""";
        try (PreparedStatement update = tx.prepareStatement(sql)) {
            List<UUID> ids = List.copyOf(names.keySet());
            update.setArray(1, Rows.uuids(tx, ids));
            update.setArray(2, Rows.texts(tx, ids.stream().map(names::get).toList()));
            update.executeUpdate();
        }
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

    /**
     * Forgets changes older than {@link #KEPT}, doubtful serials that no flood can be made of any more, and cleared
     * man-downs that no alert was there for in a week.
     */
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
                ClearedTable.purge(tx);
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
                changes.add(new Change(
                        row.getLong("id"),
                        Rows.uuid(row, "alert_id"),
                        row.getBoolean("closed"),
                        apart(row.getBytes("identities")),
                        row.getString("body")));
            }
        }
        return changes;
    }
}
