package identicom.alertservice.canary;

import identicom.alertservice.alert.Alert;
import identicom.alertservice.canary.CanaryTable.Known;
import identicom.alertservice.store.DatabaseClock;
import identicom.alertservice.store.SystemClosing;
import identicom.alertservice.store.Transactions;
import identicom.alertservice.view.AlertView;
import identicom.alertservice.view.Journey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is made of a canary that reached the screens' stream, and of one that did not. By the database's clock; several
 * instances may try, the row's lock decides which of them does it.
 *
 * <p>One is missing when none came through for three times the time between two calls. That counts only while somebody looks:
 * after a time in which no instance ran it begins anew. It is told once, and again after one has come through in between.
 */
final class CanaryWatch {

    static final String WHO = "canary";
    private static final int MISSED_BEFORE_TOLD = 3;
    private static final Duration TEXTED_EVERY = Duration.ofHours(1);
    private static final Duration NOBODY_LOOKED = Duration.ofMinutes(1);

    /** One that came through: the first of its alert's looks by any instance. */
    record Through(Instant acceptedAt, Duration latency) {}

    private final CanarySettings settings;
    private final Transactions transactions;
    private final DatabaseClock clock;
    private final SystemClosing closing;
    private final CanaryCalls calls;

    CanaryWatch(
            CanarySettings settings,
            Transactions transactions,
            DatabaseClock clock,
            SystemClosing closing,
            CanaryCalls calls) {
        this.settings = settings;
        this.transactions = transactions;
        this.clock = clock;
        this.closing = closing;
        this.calls = calls;
    }

    /**
     * The canary's alert reached the stream at {@code reachedAt}: it is closed. Empty when another instance was first, or when
     * it is no proof that the way is open: no event raised it, or the whitelist did not vouch for the unit.
     */
    Optional<Through> reached(AlertView alert, Instant reachedAt) throws SQLException {
        return transactions.run(tx -> {
            Optional<Alert> open = closing.lockOpen(tx, alert.id());
            if (open.isEmpty()) {
                return Optional.empty();
            }
            Instant now = clock.now(tx);
            Optional<Through> through = Optional.empty();
            if (alert.eventCount() > 0 && alert.trust().equals("whitelisted")) {
                Through one = new Through(
                        alert.journey().acceptedAt(),
                        Journey.between(alert.journey().acceptedAt(), reachedAt));
                note(tx, alert, one, now);
                through = Optional.of(one);
            }
            closing.close(tx, open.get(), WHO, now);
            return through;
        });
    }

    private void note(Connection tx, AlertView alert, Through one, Instant now) throws SQLException {
        Known known = CanaryTable.lock(tx).through(one.acceptedAt(), one.latency());
        if (!settings.sms().isEmpty() && isPast(known.smsAt(), TEXTED_EVERY, now)) {
            String text = "Canary %s: an alarm reached the control room in %.1f s (%s). No action is needed."
                    .formatted(settings.unit().serial(), one.latency().toMillis() / 1000d, alert.reference());
            calls.text(tx, alert.id(), settings.sms(), text);
            known = known.texted(now);
        }
        CanaryTable.write(tx, known);
    }

    private static boolean isPast(@Nullable Instant time, Duration span, Instant now) {
        return time == null || !now.isBefore(time.plus(span));
    }

    /** Whether one is missing: told in the same transaction, once. */
    boolean look() throws SQLException {
        return transactions.run(tx -> {
            Known known = CanaryTable.lock(tx);
            Instant now = clock.now(tx);
            Instant from = known.watchedFrom();
            if (from == null || isPast(known.lookedAt(), NOBODY_LOOKED, now)) {
                from = now;
            }
            Instant since = known.lastAt() != null && known.lastAt().isAfter(from) ? known.lastAt() : from;
            boolean missing = isPast(since, settings.every().multipliedBy(MISSED_BEFORE_TOLD), now);
            boolean news = missing && known.missingFrom() == null;
            CanaryTable.write(tx, known.looked(now, from, news ? since : known.missingFrom()));
            if (news) {
                calls.missing(tx, detail(known));
            }
            return missing;
        });
    }

    private String detail(Known known) {
        String serial = settings.unit().serial();
        return known.lastAt() == null
                ? "no test alarm of " + serial + " has come through yet"
                : "the last test alarm of " + serial + " that came through was accepted at " + known.lastAt();
    }

    Known known() throws SQLException {
        return transactions.run(CanaryTable::read);
    }

    /** Whether one came through in time, as far as can be told now. */
    boolean ok(Known known, Instant now) {
        return known.missingFrom() == null
                && known.lastAt() != null
                && !isPast(known.lastAt(), settings.every().multipliedBy(MISSED_BEFORE_TOLD), now);
    }

    Instant now() throws SQLException {
        return transactions.run(clock::now);
    }
}
