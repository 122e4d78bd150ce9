package identicom.alertservice.canary;

import identicom.alertservice.alert.Alert;
import identicom.alertservice.store.AlertFollower;
import identicom.alertservice.view.CanaryUnit;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Marks the canary's alerts in the transaction that raises them; and keeps other followers from hearing of them. */
public final class CanaryMark implements AlertFollower {

    private final CanaryUnit canary;

    public CanaryMark(CanaryUnit canary) {
        this.canary = canary;
    }

    @Override
    public void changed(Connection tx, Collection<Alert> alerts, Instant now) throws SQLException {
        List<Alert> its = alerts.stream().filter(this::isCanary).toList();
        if (its.isEmpty()) {
            return;
        }
        try (PreparedStatement mark =
                tx.prepareStatement("update alerts.alert set canary = true where id = any(?) and not canary")) {
            mark.setArray(
                    1, tx.createArrayOf("uuid", its.stream().map(Alert::id).toArray()));
            mark.executeUpdate();
        }
    }

    /** {@code follower}, which hears of all alerts but the canary's: nobody is called out of bed for it. */
    public AlertFollower without(AlertFollower follower) {
        return (tx, alerts, now) -> {
            List<Alert> others =
                    alerts.stream().filter(alert -> !isCanary(alert)).toList();
            if (!others.isEmpty()) {
                follower.changed(tx, others, now);
            }
        };
    }

    private boolean isCanary(Alert alert) {
        String serial = alert.serial();
        return serial != null && canary.is(serial);
    }
}
