package identicom.alertservice.escalation;

import identicom.alertservice.alert.Alert;
import identicom.alertservice.alert.Kinds;
import identicom.alertservice.store.Rows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The site that an alert belongs to: its unit's, or that whose units are lost. The units in memory know it best; where
 * they do not know it (an emergency does not wait until they have been read after a start), supervision's rows say it.
 */
final class AlertSites {

    private static final String SITE = "site ";

    private final Function<String, @Nullable String> inMemory;

    AlertSites(Function<String, @Nullable String> inMemory) {
        this.inMemory = inMemory;
    }

    /** Those that belong to none are absent. */
    Map<UUID, String> of(Connection tx, Collection<Alert> alerts) throws SQLException {
        Map<String, String> ofUnits = new HashMap<>();
        Set<String> unknown = new TreeSet<>();
        for (String serial :
                alerts.stream().map(Alert::serial).filter(Objects::nonNull).toList()) {
            String site = inMemory.apply(serial);
            if (site == null) {
                unknown.add(serial);
            } else {
                ofUnits.put(serial, site);
            }
        }
        addSupervised(tx, unknown, ofUnits);
        Map<UUID, String> sites = new HashMap<>();
        for (Alert alert : alerts) {
            String site = alert.serial() == null ? lost(alert) : ofUnits.get(alert.serial());
            if (site != null) {
                sites.put(alert.id(), site);
            }
        }
        return sites;
    }

    private static @Nullable String lost(Alert alert) {
        String subject = alert.subject();
        boolean site = subject != null && alert.kind().equals(Kinds.MASS_LOSS) && subject.startsWith(SITE);
        return site ? subject.substring(SITE.length()) : null;
    }

    private static void addSupervised(Connection tx, Set<String> serials, Map<String, String> sites)
            throws SQLException {
        if (serials.isEmpty()) {
            return;
        }
        String sql = "select serial, site from alerts.supervised where serial = any(?) and site <> ''";
        try (PreparedStatement query = tx.prepareStatement(sql)) {
            query.setArray(1, Rows.texts(tx, List.copyOf(serials)));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    sites.put(row.getString("serial"), row.getString("site"));
                }
            }
        }
    }
}
