package identicom.alertservice.notify;

import identicom.alertservice.notify.ClaimTable.Abandoned;
import identicom.alertservice.notify.ClaimTable.Claimed;
import identicom.alertservice.notify.Handed.Accepted;
import identicom.alertservice.notify.NotificationTable.Sent;
import identicom.alertservice.store.DatabaseClock;
import identicom.alertservice.store.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what became of a notification, and in the same transaction into the alert's history. What others say about
 * it becomes one line, and is cut. Any thread.
 */
public final class Outcomes {

    /** Told that a level has reached nobody at all, or nobody yet. */
    @FunctionalInterface
    public interface NobodyReached {
        /** The alert's row is locked. */
        void of(Connection tx, UUID alert, int round, Instant now) throws SQLException;
    }

    static final int ATTEMPTS = 8;
    private static final int NO_ROUND = 0;
    private static final int LONGEST_WHY = 300;
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

    void accepted(Claimed claimed, Accepted accepted, @Nullable String text) throws SQLException {
        transactions.run(tx -> {
            NotificationTable.lockAlert(tx, claimed.alertId());
            if (NotificationTable.sent(tx, claimed, accepted, text, clock.now(tx))) {
                tell(tx, claimed.id(), "notified", " by " + accepted.provider());
            }
            return true;
        });
    }

    /**
     * It is tried again, unless it was tried often enough. When nobody of its level was reached at the second try, the
     * next level is not kept waiting for the others.
     */
    void later(Claimed claimed, String said, @Nullable String text) throws SQLException {
        if (claimed.attempt() >= ATTEMPTS) {
            never(claimed, said + " (tried " + claimed.attempt() + " times)", text);
            return;
        }
        String why = line(said);
        transactions.run(tx -> {
            NotificationTable.lockAlert(tx, claimed.alertId());
            Instant now = clock.now(tx);
            Instant due = now.plus(pauseAfter(claimed.attempt()));
            if (NotificationTable.notSent(tx, claimed, "queued", text, why, due)) {
                goOn(tx, claimed.alertId(), claimed.round(), now);
            }
            return true;
        });
    }

    void never(Claimed claimed, String said, @Nullable String text) throws SQLException {
        String why = line(said);
        transactions.run(tx -> {
            NotificationTable.lockAlert(tx, claimed.alertId());
            Instant now = clock.now(tx);
            if (NotificationTable.notSent(tx, claimed, "failed", text, why, now)) {
                failed(tx, claimed.id(), claimed.alertId(), claimed.round(), why, now);
            }
            return true;
        });
    }

    /** It is written down as failed: the next level is called, and the history says so. */
    void abandoned(Abandoned one) throws SQLException {
        transactions.run(tx -> {
            NotificationTable.lockAlert(tx, one.alertId());
            goOn(tx, one.alertId(), one.round(), clock.now(tx));
            return true;
        });
        transactions.run(tx -> {
            NotificationTable.lockAlert(tx, one.alertId());
            tell(tx, one.id(), "failed", ": " + line(one.why()));
            return true;
        });
    }

    private static String line(String said) {
        return MessageText.line(said, LONGEST_WHY);
    }

    /** What a receipt says. The first one counts. */
    void receipt(Sent sent, boolean delivered, String said) throws SQLException {
        String detail = line(said);
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
        goOn(tx, alert, round, now);
        tell(tx, id, "failed", ": " + why);
    }

    private void goOn(Connection tx, UUID alert, int round, Instant now) throws SQLException {
        if (round > NO_ROUND && NotificationTable.nobodyReached(tx, alert, round)) {
            nobodyReached.of(tx, alert, round, now);
        }
    }

    private void tell(Connection tx, UUID id, String what, String more) throws SQLException {
        Sent sent = NotificationTable.find(tx, id).orElseThrow();
        teller.tell(tx, sent.alertId(), what, null, sent.told() + more);
    }
}
