package identicom.alertservice;

import identicom.alertservice.alert.Kinds;
import identicom.alertservice.canary.CanaryCalls;
import identicom.alertservice.notify.PhoneTexts;
import identicom.alertservice.notify.PhoneTexts.Said;
import identicom.alertservice.store.DatabaseClock;
import identicom.alertservice.store.Incidents;
import identicom.alertservice.store.Incidents.Incident;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** How the canary is heard: by text message through the outbox, and by a technical alert when it is missing. */
public final class CanaryVoice implements CanaryCalls {

    private final Incidents incidents;
    private final DatabaseClock clock;

    public CanaryVoice(Incidents incidents, DatabaseClock clock) {
        this.incidents = incidents;
        this.clock = clock;
    }

    @Override
    public void text(Connection tx, UUID alert, String number, String text) throws SQLException {
        PhoneTexts.say(tx, alert, number, text, clock.now(tx));
    }

    @Override
    public TextState texted(Connection tx, UUID alert) throws SQLException {
        return switch (PhoneTexts.last(tx, alert).map(Said::state).orElse("failed")) {
            case "sent", "delivered" -> TextState.OUT;
            case "failed", "stopped" -> TextState.FAILED;
            default -> TextState.UNDER_WAY;
        };
    }

    @Override
    public void missing(Connection tx, String detail) throws SQLException {
        incidents.raise(
                tx, List.of(new Incident(Kinds.TECHNICAL, "critical", null, "canary", detail, List.of(), true)));
    }
}
