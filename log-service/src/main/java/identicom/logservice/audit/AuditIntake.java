package identicom.logservice.audit;

import com.google.protobuf.InvalidProtocolBufferException;
import identicom.runtime.http.Json;
import identicom.runtime.kafka.ConsumeLoop;
import identicom.runtime.kafka.PoisonException;
import identicom.schema.v1.AuditEntry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Stores batches of audit records, each id once. */
public final class AuditIntake implements ConsumeLoop.Handler {
    private static final long MAX_TIME_US = 7_258_118_400_000_000L;

    private static final String INSERT = """
            insert into event_log.audit (id, at, service, who, role, from_address, action, object, detail)
            select id, at, service, who, role, from_address, action, object, detail::jsonb
            from unnest(?::text[], ?::timestamptz[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                 as row (id, at, service, who, role, from_address, action, object, detail)
            on conflict (id) do nothing""";

    private final DataSource database;

    public AuditIntake(DataSource database) {
        this.database = database;
    }

    @Override
    public void handle(List<ConsumerRecord<byte[], byte[]>> batch) throws PoisonException, SQLException {
        // In the order of ids: two instances with the same entries wait for each other and cannot deadlock.
        Map<String, AuditEntry> entries = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : batch) {
            AuditEntry entry = decode(record);
            entries.putIfAbsent(entry.getId(), entry);
        }
        if (!entries.isEmpty()) {
            store(List.copyOf(entries.values()));
        }
    }

    private void store(List<AuditEntry> entries) throws SQLException {
        List<Function<AuditEntry, Object>> columns = List.of(
                AuditEntry::getId,
                AuditIntake::at,
                AuditEntry::getService,
                AuditEntry::getWho,
                AuditEntry::getRole,
                AuditEntry::getFrom,
                AuditEntry::getAction,
                AuditEntry::getObject,
                AuditIntake::detail);
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (int i = 0; i < columns.size(); i++) {
                Object[] values = entries.stream().map(columns.get(i)).toArray();
                insert.setArray(i + 1, connection.createArrayOf("text", values));
            }
            insert.executeUpdate();
        }
    }

    private static AuditEntry decode(ConsumerRecord<byte[], byte[]> record) throws PoisonException {
        if (record.value() == null) {
            throw new PoisonException(record, "audit entry: no value");
        }
        AuditEntry entry;
        try {
            entry = AuditEntry.parseFrom(record.value());
        } catch (InvalidProtocolBufferException e) {
            throw new PoisonException(record, "audit entry: cannot be decoded: " + e.getMessage());
        }
        if (entry.getId().isEmpty()
                || entry.getWho().isEmpty()
                || entry.getAction().isEmpty()) {
            throw new PoisonException(record, "audit entry: id, who or action is missing");
        }
        if (entry.getAtUs() <= 0 || entry.getAtUs() > MAX_TIME_US) {
            throw new PoisonException(
                    record, "audit entry: at_us: " + entry.getAtUs() + " (expected: microseconds since 1970)");
        }
        if (texts(entry).anyMatch(text -> text.indexOf('\0') >= 0)) {
            throw new PoisonException(record, "audit entry: has a zero character");
        }
        return entry;
    }

    private static Stream<String> texts(AuditEntry entry) {
        List<String> texts = new ArrayList<>(List.of(
                entry.getId(),
                entry.getService(),
                entry.getWho(),
                entry.getRole(),
                entry.getFrom(),
                entry.getAction(),
                entry.getObject()));
        texts.addAll(entry.getDetailMap().keySet());
        texts.addAll(entry.getDetailMap().values());
        return texts.stream();
    }

    private static String at(AuditEntry entry) {
        return Instant.EPOCH.plus(entry.getAtUs(), ChronoUnit.MICROS).toString();
    }

    private static String detail(AuditEntry entry) {
        return Json.mapper().valueToTree(entry.getDetailMap()).toString();
    }
}
