package identicom.alertservice.canary;

import identicom.alertservice.alert.Alert;
import identicom.alertservice.canary.CanaryCalls.TextState;
import identicom.alertservice.canary.CanaryTable.Known;
import identicom.alertservice.canary.CanaryTable.Texted;
import identicom.alertservice.store.DatabaseClock;
import identicom.alertservice.store.SystemClosing;
import identicom.alertservice.store.Transactions;
import identicom.alertservice.view.AlertView;
import identicom.alertservice.view.Journey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is made of a canary that reached the screens' stream, and of one that did not. By the database's clock; several
 * instances may try, the row's lock decides which of them does it.
 *
 * <p>One is missing when none came through for three times the time between two calls. That counts only while somebody looks:
 * after a time in which no instance ran it begins anew. It is told once, and again after one has come through in between.
 *
 * <p>A text message about it fails when the outbox gave it up, or has not got rid of it in {@link #TEXT_WITHIN}. That too is
 * told once, and again after one got out in between; until then one is tried more often.
 */
final class CanaryWatch {

    static final String WHO = "canary";
    static final Duration TEXT_WITHIN = Duration.ofMinutes(5);
    private static final int MISSED_BEFORE_TOLD = 3;
    private static final Duration TEXTED_EVERY = Duration.ofHours(1);
    private static final Duration TEXTED_AGAIN = Duration.ofMinutes(10);
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
     * it is no proof that the way is open: no event raised it, the whitelist did not vouch for the unit, or it was raised so
     * long ago that it would have been missed.
     */
    Optional<Through> reached(AlertView alert, Instant reachedAt) throws SQLException {
        Instant accepted = alert.journey().acceptedAt();
        return closed(alert, Optional.of(new Through(accepted, Journey.between(accepted, reachedAt))));
    }

    /** There are screens and none was told of it: it is closed, and proves nothing. */
    void reachedNobody(AlertView alert) throws SQLException {
        closed(alert, Optional.empty());
    }

    private Optional<Through> closed(AlertView alert, Optional<Through> through) throws SQLException {
        return transactions.run(tx -> {
            Optional<Alert> open = closing.lockOpen(tx, alert.id());
            if (open.isEmpty()) {
                return Optional.empty();
            }
            Instant now = clock.now(tx);
            Optional<Through> proof =
                    through.filter(one -> isProof(alert, open.get().raisedAt(), now));
            if (proof.isPresent()) {
                note(tx, alert, proof.get(), now);
            }
            closing.close(tx, open.get(), WHO, now);
            return proof;
        });
    }

    private boolean isProof(AlertView alert, Instant raisedAt, Instant now) {
        return alert.eventCount() > 0 && alert.trust().equals("whitelisted") && !isPast(raisedAt, missedAfter(), now);
    }

    private void note(Connection tx, AlertView alert, Through one, Instant now) throws SQLException {
        Known known = CanaryTable.lock(tx).through(one.acceptedAt(), one.latency(), now);
        if (!settings.sms().isEmpty() && isTextDue(known.texted(), now)) {
            String text = "Canary %s: an alarm reached the control room in %.1f s (%s). No action is needed."
                    .formatted(settings.unit().serial(), one.latency().toMillis() / 1000d, alert.reference());
            calls.text(tx, alert.id(), settings.sms(), text);
            known = known.texted(alert.id(), now);
        }
        CanaryTable.write(tx, known);
    }

    private static boolean isTextDue(@Nullable Texted last, Instant now) {
        return last == null || isPast(last.at(), last.failingFrom() == null ? TEXTED_EVERY : TEXTED_AGAIN, now);
    }

    private static boolean isPast(@Nullable Instant time, Duration span, Instant now) {
        return time == null || !now.isBefore(time.plus(span));
    }

    private Duration missedAfter() {
        return settings.every().multipliedBy(MISSED_BEFORE_TOLD);
    }

    /** Looks whether one is missing, or its text messages do not get out: each told in the same transaction, once. Whether it was. */
    boolean look() throws SQLException {
        return transactions.run(tx -> {
            Known known = CanaryTable.lock(tx);
            Instant now = clock.now(tx);
            Instant from = known.watchedFrom();
            if (from == null || isPast(known.lookedAt(), NOBODY_LOOKED, now)) {
                from = now;
            }
            List<String> news = new ArrayList<>();
            Instant since = known.throughAt() != null && known.throughAt().isAfter(from) ? known.throughAt() : from;
            boolean nowMissing = isPast(since, missedAfter(), now) && known.missingFrom() == null;
            if (nowMissing) {
                news.add(missing(known));
            }
            Texted texted = known.texted() == null ? null : looked(tx, known.texted(), from, now, news);
            CanaryTable.write(tx, known.with(texted).looked(now, from, nowMissing ? since : known.missingFrom()));
            if (!news.isEmpty()) {
                calls.missing(tx, String.join("; ", news));
            }
            return !news.isEmpty();
        });
    }

    private Texted looked(Connection tx, Texted texted, Instant watched, Instant now, List<String> news)
            throws SQLException {
        if (settings.sms().isEmpty() || texted.alert() == null) {
            return texted.failing(null);
        }
        TextState state = calls.texted(tx, texted.alert());
        if (state == TextState.OUT) {
            return texted.failing(null);
        }
        Instant since = texted.at().isAfter(watched) ? texted.at() : watched;
        boolean failed = state == TextState.FAILED || isPast(since, TEXT_WITHIN, now);
        if (!failed || texted.failingFrom() != null) {
            return texted;
        }
        news.add("the text message about %s that was due at %s has not got out"
                .formatted(settings.unit().serial(), texted.at()));
        return texted.failing(now);
    }

    private String missing(Known known) {
        String serial = settings.unit().serial();
        return known.lastAt() == null
                ? "no test alarm of " + serial + " has come through yet"
                : "the last test alarm of " + serial + " that came through was accepted at " + known.lastAt();
    }

    Known known() throws SQLException {
        return transactions.run(CanaryTable::read);
    }

    /** Whether one came through in time and its text messages get out, as far as can be told now. */
    boolean ok(Known known, Instant now) {
        return known.missingFrom() == null && textsGetOut(known) && !isPast(known.throughAt(), missedAfter(), now);
    }

    /** True too where nobody is to get any. */
    boolean textsGetOut(Known known) {
        Texted texted = known.texted();
        return settings.sms().isEmpty() || texted == null || texted.failingFrom() == null;
    }

    /** What the watchdog may be told now. */
    boolean ok() throws SQLException {
        return transactions.run(tx -> ok(CanaryTable.read(tx), clock.now(tx)));
    }

    Instant now() throws SQLException {
        return transactions.run(clock::now);
    }
}
