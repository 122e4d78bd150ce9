package identicom.alertservice.store;

import identicom.alertservice.alert.Alert;
import identicom.alertservice.alert.Answer;
import identicom.alertservice.alert.Handling;
import identicom.alertservice.alert.Standing.Holder;
import identicom.alertservice.store.History.Entry;
import identicom.alertservice.store.History.What;
import identicom.alertservice.view.AlertView;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What people do to alerts: with who and when in the alert's history and, in the same transaction, for the audit. */
public final class Actions {

    public static final String SCHEMA = "alerts";

    /** Who acts, and from where. */
    public record Person(String user, String role, String from) {}

    /** The answer, and the alert as it is now. */
    public record Acted(Answer answer, AlertView view) {}

    /**
     * How alerts are held.
     *
     * @param within an alert is attended to, or its holder is reminded
     * @param feedHere whether this instance serves a user a live stream of alerts
     */
    public record Holding(Duration within, Predicate<String> feedHere) {}

    private record Deed(What what, String name, @Nullable String detail, Map<String, String> more) {}

    /** What is asked of the rules, once the alert is locked. */
    @FunctionalInterface
    private interface Rule {
        Answer of(Connection tx, Alert alert, Instant now) throws SQLException;
    }

    private final Transactions transactions;
    private final ChangeLog changes;
    private final DatabaseClock clock;
    private final Holding holding;

    public Actions(Transactions transactions, ChangeLog changes, DatabaseClock clock, Holding holding) {
        this.transactions = transactions;
        this.changes = changes;
        this.clock = clock;
        this.holding = holding;
    }

    /** The alert of a reference such as A4711. */
    public Optional<UUID> byNumber(long reference) throws SQLException {
        return transactions.run(tx -> {
            try (PreparedStatement query = tx.prepareStatement("select id from alerts.alert where number = ?")) {
                query.setLong(1, reference);
                try (ResultSet row = query.executeQuery()) {
                    return row.next() ? Optional.of(Rows.uuid(row, "id")) : Optional.empty();
                }
            }
        });
    }

    public Optional<Acted> acknowledge(UUID alert, Person person) throws SQLException {
        Deed deed = new Deed(What.ACKNOWLEDGED, "alert.acknowledge", null, Map.of());
        return act(alert, person, deed, (tx, a, now) -> {
            boolean byFeed = holding.feedHere().test(person.user()) || PresenceTable.present(tx, person.user(), now);
            return Handling.acknowledge(a, new Holder(person.user(), now, byFeed, now.plus(holding.within()), false));
        });
    }

    public Optional<Acted> note(UUID alert, Person person, String text) throws SQLException {
        Deed deed = new Deed(What.NOTE, "alert.note", text, Map.of("text", text));
        return act(alert, person, deed, (tx, a, now) -> attend(a, now));
    }

    /** A step of the checklist is done, or one that is not on it. */
    public Optional<Acted> step(UUID alert, Person person, String step) throws SQLException {
        Deed deed = new Deed(What.STEP, "alert.step", step, Map.of("step", step));
        return act(alert, person, deed, (tx, a, now) -> {
            Answer answer = attend(a, now);
            if (!(answer instanceof Answer.Done)) {
                return answer;
            }
            if (!StepTable.hasRoom(tx, alert, step)) {
                return new Answer.Refused(a, "its checklist is full: tell it in a note", List.of());
            }
            return StepTable.done(tx, alert, step, person.user(), now) ? answer : new Answer.AsBefore(a);
        });
    }

    private Answer attend(Alert alert, Instant now) {
        return Handling.attend(alert, now.plus(holding.within()));
    }

    public Optional<Acted> close(UUID alert, Person person, Handling.Outcome outcome, @Nullable String note)
            throws SQLException {
        String detail = note == null ? outcome.text() : outcome.text() + ": " + note;
        Map<String, String> more =
                note == null ? Map.of("outcome", outcome.text()) : Map.of("outcome", outcome.text(), "note", note);
        Deed deed = new Deed(What.CLOSED, "alert.close", detail, more);
        return act(alert, person, deed, (tx, a, now) -> Handling.close(a, outcome, StepTable.open(tx, alert)));
    }

    private Optional<Acted> act(UUID id, Person person, Deed deed, Rule rule) throws SQLException {
        return transactions.run(tx -> {
            Optional<Alert> found = AlertTable.lock(tx, id);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            Instant now = clock.now(tx);
            Answer answer = rule.of(tx, found.get(), now);
            if (answer instanceof Answer.Done done) {
                write(tx, done.alert(), person, deed, now);
            }
            return Optional.of(
                    new Acted(answer, Views.load(tx, List.of(id)).getFirst().view()));
        });
    }

    private void write(Connection tx, Alert alert, Person person, Deed deed, Instant now) throws SQLException {
        AlertTable.update(tx, List.of(alert));
        History.add(tx, List.of(new Entry(alert.id(), now, deed.what(), person.user(), deed.detail())));
        Map<String, String> told = new HashMap<>(deed.more());
        if (alert.serial() != null) {
            told.put("serial", alert.serial());
        }
        AuditTrail.add(tx, person, deed.name(), alert.id().toString(), told, now);
        changes.append(tx, List.of(alert), Map.of(), now);
    }
}
