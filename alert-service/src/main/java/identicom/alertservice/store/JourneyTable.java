package identicom.alertservice.store;

import identicom.alertservice.view.Journey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The times of alerts' ways, put together from {@code alerts.journey}, the acknowledgements and the first text message. */
final class JourneyTable {

    private static final String TIMES = """
            select a.id, a.accepted_at, j.raised_at, j.unit_time, j.decoded_at, j.sent_at, j.shown_at, j.acknowledged_at,
                   k.main_at, k.priority_at, s.sent_at as sms_at, s.delivered_at
              from alerts.alert a
              join alerts.journey j on j.alert_id = a.id
              left join alerts.event_acknowledged k on k.identity = j.identity
              left join alerts.first_sms s on s.alert_id = a.id
             where a.id = any(?)""";

    private JourneyTable() {}

    static Map<UUID, Journey> load(Connection tx, Collection<UUID> ids) throws SQLException {
        Map<UUID, Journey> journeys = new HashMap<>();
        try (PreparedStatement query = tx.prepareStatement(TIMES)) {
            query.setArray(1, Rows.uuids(tx, ids));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    journeys.put(Rows.uuid(row, "id"), journey(row));
                }
            }
        }
        return journeys;
    }

    private static Journey journey(ResultSet row) throws SQLException {
        return Journey.of(
                Rows.instantOrNull(row, "unit_time"),
                Rows.instant(row, "accepted_at"),
                Rows.instantOrNull(row, "decoded_at"),
                Rows.instantOrNull(row, "main_at"),
                Rows.instantOrNull(row, "priority_at"),
                Rows.instant(row, "raised_at"),
                Rows.instantOrNull(row, "sent_at"),
                Rows.instantOrNull(row, "shown_at"),
                Rows.instantOrNull(row, "acknowledged_at"),
                Rows.instantOrNull(row, "sms_at"),
                Rows.instantOrNull(row, "delivered_at"));
    }
}
