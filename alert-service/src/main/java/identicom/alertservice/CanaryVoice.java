package identicom.alertservice;

import identicom.alertservice.alert.Kinds;
import identicom.alertservice.canary.CanaryCalls;
import identicom.alertservice.notify.NotificationTable;
import identicom.alertservice.store.DatabaseClock;
import identicom.alertservice.store.Incidents;
import identicom.alertservice.store.Incidents.Incident;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** How the canary is heard: by text message through the outbox, and by a technical alert when it is missing. */
final class CanaryVoice implements CanaryCalls {

    private final Incidents incidents;
    private final DatabaseClock clock;

    CanaryVoice(Incidents incidents, DatabaseClock clock) {
        this.incidents = incidents;
        this.clock = clock;
    }

    @Override
    public void text(Connection tx, UUID alert, String number, String text) throws SQLException {
        NotificationTable.insertMessage(tx, alert, "sms", number, text, clock.now(tx));
    }

    @Override
    public void missing(Connection tx, String detail) throws SQLException {
        incidents.raise(
                tx, List.of(new Incident(Kinds.TECHNICAL, "critical", null, "canary", detail, List.of(), true)));
    }
}
