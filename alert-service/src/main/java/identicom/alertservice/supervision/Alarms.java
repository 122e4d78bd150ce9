package identicom.alertservice.supervision;

import identicom.alertservice.alert.Alert;
import identicom.alertservice.event.ManDownCleared;
import identicom.alertservice.store.Clearings;
import identicom.alertservice.store.Incidents;
import identicom.alertservice.store.Incidents.Incident;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Where supervision says what it found: in the transaction in which it notes that it said so. */
public interface Alarms {

    /** @return the alerts, in the order of the incidents */
    List<UUID> raise(Connection tx, List<Incident> incidents) throws SQLException;

    /** These units, which were told of singly as missing, were heard again. */
    void heard(Connection tx, Map<String, Instant> units) throws SQLException;

    /** Of those whom this alert names, some were heard again. */
    void heardAgain(Connection tx, UUID alert, String detail) throws SQLException;

    /** These man-downs were cleared; the last thing in the transaction. @return whether that changed an alert */
    boolean cleared(Connection tx, List<ManDownCleared> cleared) throws SQLException;

    static Alarms of(Incidents incidents, Clearings clearings) {
        return new Alarms() {
            @Override
            public List<UUID> raise(Connection tx, List<Incident> raised) throws SQLException {
                return incidents.raise(tx, raised).stream().map(Alert::id).toList();
            }

            @Override
            public void heard(Connection tx, Map<String, Instant> units) throws SQLException {
                incidents.heard(tx, units);
            }

            @Override
            public void heardAgain(Connection tx, UUID alert, String detail) throws SQLException {
                incidents.tell(tx, alert, "unit-heard", null, detail);
            }

            @Override
            public boolean cleared(Connection tx, List<ManDownCleared> cleared) throws SQLException {
                return clearings.take(tx, cleared);
            }
        };
    }
}
