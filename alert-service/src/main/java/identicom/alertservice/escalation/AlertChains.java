package identicom.alertservice.escalation;

import identicom.alertservice.alert.Alert;
import identicom.alertservice.escalation.Policy.Level;
import identicom.alertservice.notify.NotificationTable;
import identicom.alertservice.store.AlertFollower;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Begins the chain of each alert in the transaction that raises it, and takes it on with each change: so there is no
 * alert without a chain, and what is acknowledged is told to nobody from that commit on.
 */
public final class AlertChains implements AlertFollower {

    private final Function<String, @Nullable String> siteOf;

    /** @param siteOf the site of a unit, null where none is known */
    public AlertChains(Function<String, @Nullable String> siteOf) {
        this.siteOf = siteOf;
    }

    @Override
    public void changed(Connection tx, Collection<Alert> alerts, Instant now) throws SQLException {
        List<UUID> ids = alerts.stream().map(Alert::id).toList();
        Map<UUID, Chain> before = ChainTable.of(tx, ids);
        List<Alert> fresh =
                alerts.stream().filter(alert -> !before.containsKey(alert.id())).toList();
        List<Chain> changed = new ArrayList<>(begun(tx, fresh, now));
        List<UUID> stopped = new ArrayList<>();
        for (Alert alert : alerts) {
            Chain chain = before.get(alert.id());
            if (chain == null) {
                continue;
            }
            Chain after = chain.follow(alert, now);
            if (!after.equals(chain)) {
                changed.add(after);
            }
            if (after.stopped() && !chain.stopped()) {
                stopped.add(alert.id());
            }
        }
        ChainTable.put(tx, changed);
        NotificationTable.stop(tx, stopped);
    }

    private List<Chain> begun(Connection tx, List<Alert> alerts, Instant now) throws SQLException {
        if (alerts.isEmpty()) {
            return List.of();
        }
        Map<String, String> sites = new HashMap<>();
        Set<String> kinds = new HashSet<>();
        Set<String> serials = new HashSet<>();
        for (Alert alert : alerts) {
            kinds.add(alert.kind());
            if (alert.serial() != null) {
                serials.add(alert.serial());
                String site = siteOf.apply(alert.serial());
                if (site != null) {
                    sites.put(alert.serial(), site);
                }
            }
        }
        List<Assignment> assignments = PolicyTable.assignments(tx, serials, sites.values(), kinds);
        Map<String, List<Level>> policies = PolicyTable.policies(tx, assignments.isEmpty() ? Policy.DEFAULT : null);
        List<Chain> chains = new ArrayList<>();
        for (Alert alert : alerts) {
            String site = alert.serial() == null ? null : sites.get(alert.serial());
            String chosen = Assignment.choose(assignments, alert.serial(), site, alert.kind());
            String policy = policies.containsKey(chosen) ? chosen : Policy.DEFAULT;
            chains.add(Chain.of(alert, policy, policies.get(policy), now));
        }
        return chains;
    }
}
