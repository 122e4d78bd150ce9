package identicom.alertservice.store;

import identicom.alertservice.alert.Alert;
import identicom.alertservice.alert.Answer;
import identicom.alertservice.alert.Handling;
import identicom.alertservice.store.History.Entry;
import identicom.alertservice.store.History.What;
import identicom.alertservice.view.AlertView;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What people do to alerts: with who and when in the alert's history and, in the same transaction, for the audit. */
public final class Actions {

    public static final String SCHEMA = "alerts";

    /** Who acts, and from where. */
    public record Person(String user, String role, String from) {}

    /** The answer, and the alert as it is now. */
    public record Acted(Answer answer, AlertView view) {}

    private record Deed(What what, String name, @Nullable String detail, Map<String, String> more) {}

    private final Transactions transactions;
    private final ChangeLog changes;
    private final DatabaseClock clock;

    public Actions(Transactions transactions, ChangeLog changes, DatabaseClock clock) {
        this.transactions = transactions;
        this.changes = changes;
        this.clock = clock;
    }

    public Optional<Acted> acknowledge(UUID alert, Person person) throws SQLException {
        Deed deed = new Deed(What.ACKNOWLEDGED, "alert.acknowledge", null, Map.of());
        return act(alert, person, deed, a -> Handling.acknowledge(a, person.user()));
    }

    public Optional<Acted> note(UUID alert, Person person, String text) throws SQLException {
        Deed deed = new Deed(What.NOTE, "alert.note", text, Map.of("text", text));
        return act(alert, person, deed, Handling::note);
    }

    public Optional<Acted> close(UUID alert, Person person, Handling.Outcome outcome, @Nullable String note)
            throws SQLException {
        String detail = note == null ? outcome.text() : outcome.text() + ": " + note;
        Map<String, String> more =
                note == null ? Map.of("outcome", outcome.text()) : Map.of("outcome", outcome.text(), "note", note);
        Deed deed = new Deed(What.CLOSED, "alert.close", detail, more);
        return act(alert, person, deed, a -> Handling.close(a, outcome));
    }

    private Optional<Acted> act(UUID id, Person person, Deed deed, Function<Alert, Answer> rule) throws SQLException {
        return transactions.run(tx -> {
            Optional<Alert> found = AlertTable.lock(tx, id);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            Answer answer = rule.apply(found.get());
            if (answer instanceof Answer.Done done) {
                write(tx, done.alert(), person, deed);
            }
            return Optional.of(
                    new Acted(answer, Views.load(tx, List.of(id)).getFirst().view()));
        });
    }

    private void write(Connection tx, Alert alert, Person person, Deed deed) throws SQLException {
        Instant now = clock.now(tx);
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
