package identicom.alertservice.notify;

import identicom.alertservice.store.Rows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who hands over which row of {@code alerts.notification} now, and which ones nobody will any more. */
final class ClaimTable {

    /** Claims of one row: more than the attempts that end in an answer, see {@link Outcomes#ATTEMPTS}. */
    static final int MOST_CLAIMS = 12;

    static final int PER_TARGET = 4;

    private static final int NO_LEVEL = 0;
    private static final int AT_ONCE = 200;

    /** Where it goes: of a URL the host with its port, else the whole address. */
    private static final String TARGET = "coalesce(nullif(split_part(address, '/', 3), ''), address)";

    /**
     * One that this instance is to hand over now.
     *
     * @param attempt from 1; names the claim: whoever claims it later has a higher one
     * @param target where it goes, as {@link InHand} counts it
     */
    record Claimed(
            UUID id,
            UUID alertId,
            int level,
            int round,
            String address,
            String target,
            int attempt,
            @Nullable String text) {

        /** What is to be said, where that was said when it was queued. */
        Optional<String> given() {
            return level == NO_LEVEL ? Optional.ofNullable(text) : Optional.empty();
        }
    }

    /** One that is failed now because nobody would ever have said so. */
    record Abandoned(UUID id, UUID alertId, int round, String why) {}

    private ClaimTable() {}

    /**
     * Those that are due, and those whose instance has not said what became of them: of each target so many that with
     * those in hand here there are {@value #PER_TARGET}, and of each target one before any target has a second one.
     *
     * @param inHand how many there are of a target
     */
    static List<Claimed> claim(
            Connection tx, String channel, Instant now, Duration lease, int atMost, Map<String, Integer> inHand)
            throws SQLException {
        String sql = """
                with ranked as (
                    select id, %1$s as target, row_number() over (partition by %1$s order by due_at, ordinal) as nth
                      from alerts.notification
                     where channel = ? and state in ('queued', 'sending') and due_at <= ? and attempts < ?),
                due as (
                    select n.id, ranked.target from alerts.notification n
                      join ranked on ranked.id = n.id
                      left join unnest(?, ?) as busy (target, hands) on busy.target = ranked.target
                     where n.state in ('queued', 'sending') and n.due_at <= ?
                       and ranked.nth + coalesce(busy.hands, 0) <= ?
                     order by ranked.nth + coalesce(busy.hands, 0), n.due_at limit ? for update of n skip locked)
                update alerts.notification claimed
                   set state = 'sending', attempts = attempts + 1, due_at = ?
                  from due where claimed.id = due.id
                returning claimed.id, alert_id, level, round, address, due.target, attempts, text""".formatted(TARGET);
        List<String> targets = List.copyOf(inHand.keySet());
        try (PreparedStatement claim = tx.prepareStatement(sql)) {
            claim.setString(1, channel);
            Rows.set(claim, 2, now);
            claim.setInt(3, MOST_CLAIMS);
            claim.setArray(4, Rows.texts(tx, targets));
            claim.setArray(
                    5,
                    tx.createArrayOf("int4", targets.stream().map(inHand::get).toArray()));
            Rows.set(claim, 6, now);
            claim.setInt(7, PER_TARGET);
            claim.setInt(8, atMost);
            Rows.set(claim, 9, now.plus(lease));
            List<Claimed> claimed = new ArrayList<>();
            try (ResultSet row = claim.executeQuery()) {
                while (row.next()) {
                    claimed.add(new Claimed(
                            Rows.uuid(row, "id"),
                            Rows.uuid(row, "alert_id"),
                            row.getInt("level"),
                            row.getInt("round"),
                            row.getString("address"),
                            row.getString("target"),
                            row.getInt("attempts"),
                            row.getString("text")));
                }
            }
            return claimed;
        }
    }

    /** Whether the alert still waits for somebody. */
    static boolean needed(Connection tx, UUID alert) throws SQLException {
        try (PreparedStatement query =
                tx.prepareStatement("select state = 'open' and not test from alerts.alert where id = ?")) {
            query.setObject(1, alert);
            try (ResultSet row = query.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /** Those that were claimed again and again, and never answered for, are failed. */
    static List<Abandoned> exhausted(Connection tx, Instant now) throws SQLException {
        String why = "claimed " + MOST_CLAIMS + " times, and it was never written down what became of it";
        String which = "state in ('queued', 'sending') and due_at <= ? and attempts >= ?";
        try (PreparedStatement update = tx.prepareStatement(abandon(which))) {
            update.setString(1, why);
            Rows.set(update, 2, now);
            update.setInt(3, MOST_CLAIMS);
            return abandoned(update, why);
        }
    }

    /** Those that have waited since {@code before} for a channel that nobody here has are failed. */
    static List<Abandoned> withoutChannel(Connection tx, Collection<String> channels, Instant before)
            throws SQLException {
        String why = "the channel is not configured";
        String which = "state = 'queued' and channel <> all(?) and created_at < ?";
        try (PreparedStatement update = tx.prepareStatement(abandon(which))) {
            update.setString(1, why);
            update.setArray(2, Rows.texts(tx, channels));
            Rows.set(update, 3, before);
            return abandoned(update, why);
        }
    }

    private static String abandon(String which) {
        return "update alerts.notification set state = 'failed', error = ? where id in (select id from"
                + " alerts.notification where " + which + " limit " + AT_ONCE + " for update skip locked)"
                + " returning id, alert_id, round";
    }

    private static List<Abandoned> abandoned(PreparedStatement update, String why) throws SQLException {
        List<Abandoned> all = new ArrayList<>();
        try (ResultSet row = update.executeQuery()) {
            while (row.next()) {
                all.add(new Abandoned(Rows.uuid(row, "id"), Rows.uuid(row, "alert_id"), row.getInt("round"), why));
            }
        }
        return all;
    }
}
