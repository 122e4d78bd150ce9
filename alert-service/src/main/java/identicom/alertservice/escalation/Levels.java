package identicom.alertservice.escalation;

import identicom.alertservice.escalation.Policy.Member;
import identicom.alertservice.escalation.Policy.Target;
import identicom.alertservice.notify.AlertTeller;
import identicom.alertservice.notify.NotificationTable;
import identicom.alertservice.notify.NotificationTable.Planned;
import identicom.alertservice.store.DatabaseClock;
import identicom.alertservice.store.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each level its turn when it is due, by the database's clock. One transaction locks the alert, writes the level's
 * notifications and moves the chain on: with any number of instances, and wherever one of them ends, each level has its
 * turn once.
 */
public final class Levels {

    private static final Logger LOG = LoggerFactory.getLogger(Levels.class);
    private static final int AT_ONCE = 200;

    private final Transactions transactions;
    private final DatabaseClock clock;
    private final LiveScreens screens;
    private final Set<String> channels;
    private final AlertTeller teller;

    /** @param channels those that are configured, beside {@code screen} */
    public Levels(
            Transactions transactions,
            DatabaseClock clock,
            LiveScreens screens,
            Set<String> channels,
            AlertTeller teller) {
        this.transactions = transactions;
        this.clock = clock;
        this.screens = screens;
        this.channels = Set.copyOf(channels);
        this.teller = teller;
    }

    /** How many levels had their turn. One alert that fails stands in no other's way. */
    public int tellDue() throws SQLException {
        List<UUID> due = transactions.run(tx -> ChainTable.due(tx, clock.now(tx), AT_ONCE));
        int turns = 0;
        SQLException failure = null;
        for (UUID alert : due) {
            try {
                while (transactions.run(tx -> tell(tx, alert))) {
                    turns++;
                }
            } catch (SQLException e) {
                failure = e;
            } catch (RuntimeException e) {
                LOG.error("alert {}: its next level cannot be told, tried again: this is a bug", alert, e);
            }
        }
        if (failure != null) {
            throw failure;
        }
        return turns;
    }

    private boolean tell(Connection tx, UUID alert) throws SQLException {
        if (!ChainTable.lockOpenAlert(tx, alert)) {
            return false;
        }
        Instant now = clock.now(tx);
        Chain chain = ChainTable.of(tx, List.of(alert)).get(alert);
        if (chain == null || chain.dueAt() == null || chain.dueAt().isAfter(now)) {
            return false;
        }
        boolean again = chain.next() <= chain.reached();
        List<Planned> planned = planned(tx, chain, now);
        NotificationTable.insert(tx, alert, chain.next(), chain.round() + 1, planned, now);
        ChainTable.put(tx, List.of(chain.told(!planned.isEmpty(), now)));
        boolean onlyAgain = chain.repeats();
        if (!onlyAgain && planned.stream().anyMatch(Planned::onScreen)) {
            teller.tell(tx, alert, "notified", null, "screen, level " + chain.next() + (again ? ", again" : ""));
        }
        return true;
    }

    private List<Planned> planned(Connection tx, Chain chain, Instant now) throws SQLException {
        if (!chain.level().open(now)) {
            return List.of();
        }
        Map<String, List<Member>> groups = Map.of();
        List<Target> targets =
                chain.level().targets().stream().filter(t -> t.open(now)).toList();
        if (targets.stream().anyMatch(target -> target.group() != null)) {
            groups = PolicyTable.groups(tx, null);
        }
        List<Planned> all = new ArrayList<>();
        for (Target target : targets) {
            if (target.group() == null) {
                all.add(new Planned(target.channel(), target.address() == null ? "" : target.address(), null));
            } else {
                groups.getOrDefault(target.group(), List.of())
                        .forEach(member -> all.add(new Planned(member.channel(), member.address(), member.name())));
            }
        }
        Map<String, Planned> tellable = new LinkedHashMap<>();
        for (Planned one : all) {
            if (canBeTold(tx, one, chain.test())) {
                tellable.putIfAbsent(one.channel() + " " + one.address(), one);
            }
        }
        return List.copyOf(tellable.values());
    }

    private boolean canBeTold(Connection tx, Planned one, boolean test) throws SQLException {
        return one.onScreen() ? screens.any(tx) : !test && channels.contains(one.channel());
    }

    /** Everything that a round of an alert sent has failed for good. The alert's row is locked. */
    public static void failed(Connection tx, UUID alert, int round, Instant now) throws SQLException {
        Chain chain = ChainTable.of(tx, List.of(alert)).get(alert);
        if (chain == null) {
            return;
        }
        Chain after = chain.failed(round, now);
        if (!after.equals(chain)) {
            ChainTable.put(tx, List.of(after));
        }
    }
}
