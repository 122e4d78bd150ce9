package identicom.alertservice.escalation;

import identicom.alertservice.alert.Alert;
import identicom.alertservice.escalation.ChosenPolicies.Chosen;
import identicom.alertservice.notify.NotificationTable;
import identicom.alertservice.store.AlertFollower;
import identicom.alertservice.store.OpenAlerts;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Begins the chain of each alert in the transaction that raises it, and takes it on with each change: so there is no
 * alert without a chain, and what is acknowledged is told to nobody but its holder from that commit on.
 */
public final class AlertChains implements AlertFollower {

    private static final int AT_ONCE = 200;

    private final AlertSites sites;

    /** @param siteOf the site of a unit, null where none is known yet */
    public AlertChains(Function<String, @Nullable String> siteOf) {
        this.sites = new AlertSites(siteOf);
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
            HolderPhone.ring(tx, alert, chain.rings(), now);
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

    /**
     * Begins the chains of alerts that have none: those that were raised by an instance of a version without chains,
     * while this one was already there. How many.
     */
    public int addMissing(Connection tx, Instant now) throws SQLException {
        List<UUID> missing = ChainTable.missing(tx, AT_ONCE);
        if (missing.isEmpty()) {
            return 0;
        }
        List<Alert> alerts = OpenAlerts.lock(tx, missing);
        changed(tx, alerts, now);
        return alerts.size();
    }

    private List<Chain> begun(Connection tx, List<Alert> alerts, Instant now) throws SQLException {
        if (alerts.isEmpty()) {
            return List.of();
        }
        Map<UUID, String> siteOf = sites.of(tx, alerts);
        Set<String> kinds = alerts.stream().map(Alert::kind).collect(Collectors.toSet());
        Set<String> serials =
                alerts.stream().map(Alert::serial).filter(Objects::nonNull).collect(Collectors.toSet());
        List<Assignment> assignments = PolicyTable.assignments(tx, serials, Set.copyOf(siteOf.values()), kinds);
        Map<UUID, String> names = new HashMap<>();
        for (Alert alert : alerts) {
            String site = siteOf.get(alert.id());
            names.put(alert.id(), Assignment.choose(assignments, alert.serial(), site, alert.kind()));
        }
        ChosenPolicies policies = ChosenPolicies.of(tx, names.values());
        List<Chain> chains = new ArrayList<>();
        for (Alert alert : alerts) {
            Chosen chosen = policies.named(names.get(alert.id()));
            chains.add(Chain.of(alert, chosen.name(), chosen.levels(), now));
        }
        return chains;
    }
}
