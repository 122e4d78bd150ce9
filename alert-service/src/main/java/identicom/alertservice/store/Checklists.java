package identicom.alertservice.store;

import identicom.alertservice.store.Actions.Person;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is to be done about an alert of a kind. Alerts that are there keep what they have. */
public final class Checklists {

    /** The list of a kind, who made it so and when. */
    public record Checklist(String kind, List<String> steps, Instant changedAt, String changedBy) {}

    private final Transactions transactions;
    private final DatabaseClock clock;

    public Checklists(Transactions transactions, DatabaseClock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Those of kinds after this one, in order. */
    public List<Checklist> after(String kind, int atMost) throws SQLException {
        String sql = "select * from alerts.checklist where kind > ? order by kind limit ?";
        return transactions.run(tx -> {
            try (PreparedStatement query = tx.prepareStatement(sql)) {
                query.setString(1, kind);
                query.setInt(2, atMost);
                return read(query);
            }
        });
    }

    public Optional<Checklist> of(String kind) throws SQLException {
        return transactions.run(tx -> {
            try (PreparedStatement query = tx.prepareStatement("select * from alerts.checklist where kind = ?")) {
                query.setString(1, kind);
                return read(query).stream().findFirst();
            }
        });
    }

    public Checklist put(String kind, List<String> steps, Person person) throws SQLException {
        return transactions.run(tx -> {
            Instant now = clock.now(tx);
            Checklist list = new Checklist(kind, List.copyOf(steps), now, person.user());
            write(tx, list);
            Map<String, String> told = Map.of("steps", String.join("\n", steps));
            AuditTrail.add(tx, person, "checklist.put", kind, told, now);
            return list;
        });
    }

    private static void write(Connection tx, Checklist list) throws SQLException {
        String sql = """
                insert into alerts.checklist (kind, steps, changed_at, changed_by) values (?, ?, ?, ?)
                on conflict (kind) do update set steps = excluded.steps, changed_at = excluded.changed_at,
                    changed_by = excluded.changed_by""";
        try (PreparedStatement insert = tx.prepareStatement(sql)) {
            insert.setString(1, list.kind());
            insert.setArray(2, Rows.texts(tx, list.steps()));
            Rows.set(insert, 3, list.changedAt());
            insert.setString(4, list.changedBy());
            insert.executeUpdate();
        }
    }

    private static List<Checklist> read(PreparedStatement query) throws SQLException {
        List<Checklist> lists = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                lists.add(new Checklist(
                        row.getString("kind"),
                        List.of((String[]) row.getArray("steps").getArray()),
                        Rows.instant(row, "changed_at"),
                        row.getString("changed_by")));
            }
        }
        return lists;
    }
}
