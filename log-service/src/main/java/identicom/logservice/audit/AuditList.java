package identicom.logservice.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import identicom.runtime.http.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reads the audit trail, newest stored first. */
public final class AuditList {
    private final DataSource database;

    public AuditList(DataSource database) {
        this.database = database;
    }

    /** At most {@code limit} entries whose stored id is below {@code below}. */
    public List<StoredAudit> read(AuditFilter filter, long below, int limit) throws SQLException {
        List<String> conditions = new ArrayList<>(List.of("stored_id < ?"));
        List<Object> parameters = new ArrayList<>(List.of(below));
        add(conditions, parameters, "who = ?", filter.who());
        add(conditions, parameters, "action = ?", filter.action());
        add(conditions, parameters, "object = ?", filter.object());
        add(conditions, parameters, "at >= ?", time(filter.from()));
        add(conditions, parameters, "at < ?", time(filter.to()));
        parameters.add(limit);
        String sql = "select stored_id, id, at, service, who, role, from_address, action, object, detail::text"
                + " from event_log.audit where " + String.join(" and ", conditions)
                + " order by stored_id desc limit ?";
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.size(); i++) {
                query.setObject(i + 1, parameters.get(i));
            }
            try (ResultSet rows = query.executeQuery()) {
                List<StoredAudit> entries = new ArrayList<>();
                while (rows.next()) {
                    entries.add(entry(rows));
                }
                return entries;
            }
        }
    }

    private static void add(
            List<String> conditions, List<Object> parameters, String condition, @Nullable Object parameter) {
        if (parameter != null) {
            conditions.add(condition);
            parameters.add(parameter);
        }
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static StoredAudit entry(ResultSet row) throws SQLException {
        return new StoredAudit(
                row.getLong(1),
                row.getString(2),
                row.getObject(3, OffsetDateTime.class).toInstant(),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                json(row.getString(10)));
    }

    private static JsonNode json(String text) {
        try {
            return Json.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database gave something else than JSON", e);
        }
    }
}
