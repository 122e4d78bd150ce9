package identicom.alertservice.store;

import identicom.alertservice.alert.Alert;
import identicom.alertservice.store.History.Entry;
import identicom.alertservice.store.History.What;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Alerts that no unit's event raises: a missed check-in, a mass loss, something amiss with the system itself. */
public final class Incidents {

    private final ChangeLog changes;
    private final DatabaseClock clock;

    public Incidents(ChangeLog changes, DatabaseClock clock) {
        this.changes = changes;
        this.clock = clock;
    }

    /**
     * Exactly one of serial and subject is given.
     *
     * @param kind one of {@code Kinds}
     * @param subject what it is about where it is not one unit: "station rx-1", "site Leeds", "canary"
     * @param detail for the alert's history
     * @param serials whom a mass loss names, besides those it names already; else empty
     * @param rings whether it rings when it joins an alert that is there; a new one always rings
     */
    public record Incident(
            String kind,
            String eventClass,
            @Nullable String serial,
            @Nullable String subject,
            String detail,
            List<String> serials,
            boolean rings) {}

    /**
     * Each joins the live alert of its serial that is not closed, or that of the same kind and subject; where there is
     * none it raises one. In the caller's transaction, which does nothing after it: one call a transaction.
     *
     * @return the alerts, in the order of the incidents
     */
    public List<Alert> raise(Connection tx, List<Incident> incidents) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /**
     * Notes in the units' live alerts, and in mass losses that name them, that they were heard again: those that are not
     * closed. One call a transaction, the last thing in it.
     *
     * @param units serial, and when it was heard
     */
    public void heard(Connection tx, Map<String, Instant> units) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /** A line of the alert's history, told to the screens. The last thing in the transaction. */
    public void tell(Connection tx, UUID alert, String what, @Nullable String who, String detail) throws SQLException {
        Alert found = AlertTable.lock(tx, alert).orElseThrow();
        Instant now = clock.now(tx);
        History.add(tx, List.of(new Entry(alert, now, What.of(what), who, detail)));
        changes.append(tx, List.of(found), Map.of(), now);
    }
}
