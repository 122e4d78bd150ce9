package identicom.alertservice.notify;

import identicom.alertservice.notify.Handed.Accepted;
import identicom.alertservice.notify.NotificationTable.Claimed;
import identicom.alertservice.notify.NotificationTable.Sent;
import identicom.alertservice.store.DatabaseClock;
import identicom.alertservice.store.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes down what became of a notification, and in the same transaction into the alert's history. Any thread. */
public final class Outcomes {

    /** Told that a level has reached nobody at all. */
    @FunctionalInterface
    public interface NobodyReached {
        /** The alert's row is locked. */
        void of(Connection tx, UUID alert, int round, Instant now) throws SQLException;
    }

    static final int ATTEMPTS = 8;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    private final Transactions transactions;
    private final DatabaseClock clock;
    private final AlertTeller teller;
    private final NobodyReached nobodyReached;

    Outcomes(Transactions transactions, DatabaseClock clock, AlertTeller teller, NobodyReached nobodyReached) {
        this.transactions = transactions;
        this.clock = clock;
        this.teller = teller;
        this.nobodyReached = nobodyReached;
    }

    static Duration pauseAfter(int attempt) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempt - 1, 10));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    /** Nobody needs it any more. */
    void stopped(Claimed claimed) throws SQLException {
        transactions.run(tx -> NotificationTable.notSent(tx, claimed, "stopped", null, null, clock.now(tx)));
    }

    void accepted(Claimed claimed, Accepted accepted, String text) throws SQLException {
        transactions.run(tx -> {
            NotificationTable.lockAlert(tx, claimed.alertId());
            if (NotificationTable.sent(tx, claimed, accepted, text, clock.now(tx))) {
                tell(tx, claimed.id(), "notified", " by " + accepted.provider());
            }
            return true;
        });
    }

    /** It is tried again, unless it was tried often enough. */
    void later(Claimed claimed, String why, @Nullable String text) throws SQLException {
        if (claimed.attempt() >= ATTEMPTS) {
            never(claimed, why + " (tried " + claimed.attempt() + " times)", text);
            return;
        }
        transactions.run(tx -> {
            Instant due = clock.now(tx).plus(pauseAfter(claimed.attempt()));
            return NotificationTable.notSent(tx, claimed, "queued", text, why, due);
        });
    }

    void never(Claimed claimed, String why, @Nullable String text) throws SQLException {
        transactions.run(tx -> {
            NotificationTable.lockAlert(tx, claimed.alertId());
            Instant now = clock.now(tx);
            if (NotificationTable.notSent(tx, claimed, "failed", text, why, now)) {
                failed(tx, claimed.id(), claimed.alertId(), claimed.round(), why, now);
            }
            return true;
        });
    }

    /** What a receipt says. The first one counts. */
    void receipt(Sent sent, boolean delivered, String detail) throws SQLException {
        transactions.run(tx -> {
            NotificationTable.lockAlert(tx, sent.alertId());
            Instant now = clock.now(tx);
            if (delivered) {
                if (NotificationTable.delivered(tx, sent.id(), now)) {
                    tell(tx, sent.id(), "delivered", "");
                }
            } else if (NotificationTable.undelivered(tx, sent.id(), detail)) {
                failed(tx, sent.id(), sent.alertId(), sent.round(), detail, now);
            }
            return true;
        });
    }

    private void failed(Connection tx, UUID id, UUID alert, int round, String why, Instant now) throws SQLException {
        if (NotificationTable.allFailed(tx, alert, round)) {
            nobodyReached.of(tx, alert, round, now);
        }
        tell(tx, id, "failed", ": " + why);
    }

    private void tell(Connection tx, UUID id, String what, String more) throws SQLException {
        Sent sent = NotificationTable.find(tx, id).orElseThrow();
        teller.tell(tx, sent.alertId(), what, null, sent.told() + more);
    }
}
