package identicom.alertservice.store;

import identicom.alertservice.alert.Alert;
import identicom.alertservice.alert.Handling;
import identicom.alertservice.alert.Standing.Holder;
import identicom.alertservice.store.DueAlerts.Changed;
import identicom.alertservice.store.History.What;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Puts acknowledged alerts back into the queue that nobody looks after: a ring was not answered, nothing was done for a
 * while, the holder is gone. What is due stands in rows and is compared with the database's clock, so it survives any
 * restart; several instances may try, one of them does it.
 *
 * <p>A test alert that somebody took is only reopened by a ring: that it is a test has been seen.
 */
public final class Reopening {

    private final DueAlerts due;

    public Reopening(Transactions transactions, ChangeLog changes, DatabaseClock clock) {
        this.due = new DueAlerts(transactions, changes, clock);
    }

    /** Rings that were not answered in time. How many. */
    public int reopenDue() throws SQLException {
        return due.change(
                "reopen_at <= ?",
                (query, tx, now) -> Rows.set(query, 1, now),
                (alert, now) -> reopened(alert, now, "not acknowledged again"));
    }

    /**
     * Alerts to which nothing was done in time: reminds their holders, and reopens those whose holders were reminded.
     *
     * @param within how long after the reminder
     */
    public int attendDue(Duration within) throws SQLException {
        return due.change(
                "state = 'acknowledged' and not test and reopen_at is null and attend_by <= ?",
                (query, tx, now) -> Rows.set(query, 1, now),
                (alert, now) -> {
                    Holder holder = alert.standing().holder();
                    return holder != null && holder.reminded()
                            ? reopened(alert, now, "no step by its holder")
                            : new Changed(
                                    Handling.reminded(alert, now.plus(within), now),
                                    What.NOTIFIED,
                                    "reminder to its holder");
                });
    }

    /** Alerts whose holders had a live stream when they took them, and have had none anywhere for this long. */
    public int holdersLost(Duration lostFor) throws SQLException {
        String condition = """
                state = 'acknowledged' and not test and holder_by_feed and acknowledged_at <= ?
                and not exists (select from alerts.presence p where p.user_name = acknowledged_by and p.seen_at > ?)""";
        return due.change(
                condition,
                (query, tx, now) -> {
                    Rows.set(query, 1, now.minus(lostFor));
                    Rows.set(query, 2, now.minus(lostFor));
                },
                (alert, now) -> reopened(alert, now, "its holder's screen is gone"));
    }

    /** Alerts that these users took before they logged out. @param users name, and when they did */
    public int loggedOut(Map<String, Instant> users) throws SQLException {
        String condition = """
                state = 'acknowledged' and not test and acknowledged_by not like 'sms:%'
                and exists (select from unnest(?, ?) as gone (name, at)
                             where gone.name = acknowledged_by and acknowledged_at <= gone.at)""";
        List<String> names = List.copyOf(users.keySet());
        return due.changeAll(
                condition,
                (query, tx, now) -> {
                    query.setArray(1, Rows.texts(tx, names));
                    query.setArray(
                            2, Rows.times(tx, names.stream().map(users::get).toList()));
                },
                (alert, now) -> reopened(alert, now, "its holder logged out"));
    }

    private static Changed reopened(Alert alert, Instant now, String why) {
        return new Changed(Handling.reopened(alert, now), What.REOPENED, why);
    }
}
