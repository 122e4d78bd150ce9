package identicom.alertservice.escalation;

import identicom.alertservice.store.Rows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Rows of {@code alerts.escalation}. Whoever reads one to write it holds the lock of its alert's row. */
final class ChainTable {

    private ChainTable() {}

    static Map<UUID, Chain> of(Connection tx, Collection<UUID> alerts) throws SQLException {
        Map<UUID, Chain> chains = new HashMap<>();
        try (PreparedStatement query = tx.prepareStatement("select * from alerts.escalation where alert_id = any(?)")) {
            query.setArray(1, Rows.uuids(tx, alerts));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    Chain chain = chain(row);
                    chains.put(chain.alertId(), chain);
                }
            }
        }
        return chains;
    }

    private static Chain chain(ResultSet row) throws SQLException {
        return new Chain(
                Rows.uuid(row, "alert_id"),
                row.getString("policy"),
                Policy.levels(row.getString("levels")),
                row.getInt("next_level"),
                Rows.instantOrNull(row, "due_at"),
                Rows.instant(row, "begun_at"),
                Rows.instantOrNull(row, "again_at"),
                Rows.instantOrNull(row, "cap_at"),
                row.getInt("reached"),
                row.getInt("round"),
                row.getInt("rings"),
                row.getString("kind"),
                row.getBoolean("test"));
    }

    static void put(Connection tx, Collection<Chain> chains) throws SQLException {
        String sql = """
                insert into alerts.escalation (alert_id, policy, levels, next_level, due_at, begun_at, again_at, cap_at,
                                               reached, round, rings, kind, test)
                values (?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (alert_id) do update
                   set next_level = excluded.next_level, due_at = excluded.due_at, begun_at = excluded.begun_at,
                       again_at = excluded.again_at, cap_at = excluded.cap_at, reached = excluded.reached,
                       round = excluded.round, rings = excluded.rings, kind = excluded.kind, test = excluded.test""";
        try (PreparedStatement put = tx.prepareStatement(sql)) {
            for (Chain chain : chains) {
                put.setObject(1, chain.alertId());
                put.setString(2, chain.policy());
                put.setString(3, Policy.json(chain.levels()));
                put.setInt(4, chain.next());
                Rows.set(put, 5, chain.dueAt());
                Rows.set(put, 6, chain.begunAt());
                Rows.set(put, 7, chain.againAt());
                Rows.set(put, 8, chain.capAt());
                put.setInt(9, chain.reached());
                put.setInt(10, chain.round());
                put.setInt(11, chain.rings());
                put.setString(12, chain.kind());
                put.setBoolean(13, chain.test());
                put.addBatch();
            }
            put.executeBatch();
        }
    }

    /** Alerts whose next level is due, the longest first. Nothing is locked. */
    static List<UUID> due(Connection tx, Instant now, int atMost) throws SQLException {
        List<UUID> due = new ArrayList<>();
        try (PreparedStatement query = tx.prepareStatement(
                "select alert_id from alerts.escalation where due_at <= ? order by due_at limit ?")) {
            Rows.set(query, 1, now);
            query.setInt(2, atMost);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    due.add(Rows.uuid(row, "alert_id"));
                }
            }
        }
        return due;
    }

    /** Alerts that are not closed and have none: an instance that knew no chains has raised them. Nothing is locked. */
    static List<UUID> missing(Connection tx, int atMost) throws SQLException {
        String sql = """
                select id from alerts.alert a
                 where state <> 'closed' and not canary
                   and not exists (select from alerts.escalation e where e.alert_id = a.id)
                 order by number limit ?""";
        List<UUID> missing = new ArrayList<>();
        try (PreparedStatement query = tx.prepareStatement(sql)) {
            query.setInt(1, atMost);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    missing.add(Rows.uuid(row, "id"));
                }
            }
        }
        return missing;
    }

    /** Whether the alert is open and this transaction now has its row; nobody is waited for. */
    static boolean lockOpenAlert(Connection tx, UUID alert) throws SQLException {
        try (PreparedStatement query = tx.prepareStatement(
                "select 1 from alerts.alert where id = ? and state = 'open' for update skip locked")) {
            query.setObject(1, alert);
            try (ResultSet row = query.executeQuery()) {
                return row.next();
            }
        }
    }
}
