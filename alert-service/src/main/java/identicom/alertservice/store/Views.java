package identicom.alertservice.store;

import identicom.alertservice.alert.Alert;
import identicom.alertservice.view.AlertView;
import identicom.alertservice.view.AlertView.EventView;
import identicom.alertservice.view.AlertView.HistoryEntry;
import identicom.alertservice.view.AlertView.PositionView;
import identicom.alertservice.view.AlertView.Step;
import identicom.alertservice.view.Journey;
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

/** Alerts as they are shown, put together from their rows: five statements, however many alerts. */
final class Views {

    private static final String ALERTS = """
            select * from alerts.alert where id = any(?) order by number desc""";
    private static final String EVENTS = """
            select e.* from unnest(?) as wanted (id)
              cross join lateral (select * from alerts.event where alert_id = wanted.id order by ordinal desc limit ?) e
             order by e.ordinal desc""";
    /** The newest, and how it began and what joined it, which no number of notifications pushes out. */
    private static final String HISTORY = """
            select h.* from unnest(?) as wanted (id)
              cross join lateral (
                  (select * from alerts.history where alert_id = wanted.id and what = 'raised' order by id limit 1)
                  union
                  (select * from alerts.history where alert_id = wanted.id and what = 'joined' order by id desc limit 39)
                  union
                  (select * from alerts.history where alert_id = wanted.id order by id desc limit ? - 40)) h
             order by h.id""";

    private static final String FLOODS = """
            select f.* from unnest(?) as wanted (id)
              cross join lateral (select * from alerts.flood_serial where alert_id = wanted.id order by ordinal limit ?) f
             order by f.ordinal""";

    private static final String STEPS = """
            select s.* from unnest(?) as wanted (id)
              cross join lateral (select * from alerts.step where alert_id = wanted.id order by ordinal limit ?) s
             order by s.ordinal""";

    /** An alert as shown, and its newest entry in the change log. */
    record Shown(AlertView view, long changeId) {}

    @FunctionalInterface
    private interface Item<T> {
        T of(ResultSet row) throws SQLException;
    }

    private Views() {}

    /** Newest reference first. */
    static List<Shown> load(Connection tx, Collection<UUID> ids) throws SQLException {
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<UUID, List<EventView>> events = lists(tx, EVENTS, ids, AlertView.NEWEST_EVENTS, Views::event);
        Map<UUID, List<HistoryEntry>> history = lists(tx, HISTORY, ids, AlertView.NEWEST_HISTORY, Views::entry);
        Map<UUID, List<String>> floods =
                lists(tx, FLOODS, ids, AlertView.LISTED_SERIALS, row -> row.getString("serial"));
        Map<UUID, List<Step>> steps = lists(tx, STEPS, ids, StepTable.MOST, Views::step);
        Map<UUID, Journey> journeys = JourneyTable.load(tx, ids);
        List<Shown> shown = new ArrayList<>();
        try (PreparedStatement query = tx.prepareStatement(ALERTS)) {
            query.setArray(1, Rows.uuids(tx, ids));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    Alert alert = AlertTable.alert(row);
                    AlertView view = AlertView.of(
                            alert,
                            Reference.text(row.getLong("number")),
                            row.getString("wearer"),
                            true,
                            events.getOrDefault(alert.id(), List.of()),
                            history.getOrDefault(alert.id(), List.of()),
                            floods.getOrDefault(alert.id(), List.of()),
                            steps.getOrDefault(alert.id(), List.of()),
                            journeys.get(alert.id()));
                    shown.add(new Shown(view, row.getLong("change_id")));
                }
            }
        }
        return shown;
    }

    private static <T> Map<UUID, List<T>> lists(
            Connection tx, String sql, Collection<UUID> ids, int atMost, Item<T> item) throws SQLException {
        Map<UUID, List<T>> lists = new HashMap<>();
        try (PreparedStatement query = tx.prepareStatement(sql)) {
            query.setArray(1, Rows.uuids(tx, ids));
            query.setInt(2, atMost);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    lists.computeIfAbsent(Rows.uuid(row, "alert_id"), id -> new ArrayList<>())
                            .add(item.of(row));
                }
            }
        }
        return lists;
    }

    private static HistoryEntry entry(ResultSet row) throws SQLException {
        return new HistoryEntry(
                Rows.instant(row, "at"), row.getString("what"), row.getString("who"), row.getString("detail"));
    }

    private static Step step(ResultSet row) throws SQLException {
        return new Step(row.getString("step"), Rows.instantOrNull(row, "done_at"), row.getString("done_by"));
    }

    private static EventView event(ResultSet row) throws SQLException {
        Instant time = Rows.instantOrNull(row, "event_time");
        Instant acceptedAt = Rows.instant(row, "accepted_at");
        return new EventView(
                row.getString("serial"),
                row.getInt("log_id"),
                row.getLong("sequence"),
                "%02x".formatted(row.getInt("type_code")),
                row.getString("type_name"),
                row.getString("kind"),
                time,
                acceptedAt,
                row.getBoolean("late"),
                row.getString("trust"),
                PositionView.of(Rows.positionOrNull(row), time != null ? time : acceptedAt),
                Rows.integerOrNull(row, "battery"),
                Rows.integerOrNull(row, "signal_dbm"),
                row.getString("station"));
    }
}
