package identicom.alertservice.store;

import identicom.alertservice.alert.Alert;
import identicom.alertservice.alert.Handling;
import identicom.alertservice.alert.Matter;
import identicom.alertservice.store.History.Entry;
import identicom.alertservice.store.History.What;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows that test alerts becoming live come to, in one transaction that holds the locks of their units. */
final class BecomingLive {

    private final Connection tx;
    private final Instant now;
    private final Map<UUID, Alert> changed = new LinkedHashMap<>();
    private final List<Entry> history = new ArrayList<>();

    BecomingLive(Connection tx, Instant now) {
        this.tx = tx;
        this.now = now;
    }

    /** @param live the unit's, which then takes it in: the test alert is closed by that person. @return the live one */
    Alert byPerson(Alert test, @Nullable Alert live, String user) throws SQLException {
        if (live == null) {
            return becomes(test, user, "a test alert until then: it is live");
        }
        Alert rung = joins(test, live, user, "is live");
        changed(Handling.closed(test, Handling.Outcome.TEST));
        tell(test, What.CLOSED, user, "test: it goes on as " + Reference.text(Reference.number(tx, live.id())));
        return rung;
    }

    /** Nobody has taken it. @param live the unit's, which then rings for it */
    void byTime(Alert test, @Nullable Alert live) throws SQLException {
        if (live == null) {
            becomes(test, null, "a test alert until then: its unit's test is over and nobody has taken it");
            return;
        }
        joins(test, live, null, "is not taken and its unit's test is over");
        changed(test.withTest(new Matter.Test(test.matter().test().until(), null)));
        tell(
                test,
                What.NOTE,
                null,
                "its unit's test is over: " + Reference.text(Reference.number(tx, live.id())) + " rang for it");
    }

    private Alert becomes(Alert test, @Nullable String who, String why) {
        Alert live = test.madeLive(now);
        changed(live);
        tell(test, What.RAISED, who, why);
        return live;
    }

    private Alert joins(Alert test, Alert live, @Nullable String who, String why) throws SQLException {
        Alert rung = live.joinedByTest(test, now);
        changed(rung);
        tell(
                live,
                What.JOINED,
                who,
                "test alert " + Reference.text(Reference.number(tx, test.id())) + " (" + test.kind() + ") " + why);
        return rung;
    }

    void changed(Alert alert) {
        changed.put(alert.id(), alert);
    }

    private void tell(Alert alert, What what, @Nullable String who, String detail) {
        history.add(new Entry(alert.id(), now, what, who, detail));
    }

    /** The last thing in the transaction. */
    void write(ChangeLog changes) throws SQLException {
        if (changed.isEmpty()) {
            return;
        }
        AlertTable.update(tx, changed.values());
        History.add(tx, history);
        changes.append(tx, changed.values(), Map.of(), now);
    }
}
