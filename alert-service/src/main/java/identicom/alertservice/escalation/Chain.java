package identicom.alertservice.escalation;

import identicom.alertservice.alert.Alert;
import identicom.alertservice.alert.AlertState;
import identicom.alertservice.alert.Kinds;
import identicom.alertservice.escalation.Policy.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far the telling of one alert has come, and the rules by which it goes on: pure, without database or clock.
 *
 * <pre>
 *   alert \ chain              waiting                                      stopped
 *   open, as before            as it is                                     goes on at once with the next level,
 *                                                                           or with the last one
 *   open, rang again           from the first level again, unless that was  the same
 *                              just now and it is no graver; levels that
 *                              were not told yet come no later for it
 *   open, a test no more       from the first level, from now               from the first level, from now
 *   acknowledged, closed       stopped                                      as it is
 *
 *   the level had its turn     the next one when it is due; after the last one the last one again, in 5 minutes
 *   it could tell nobody       the next one at once; after the last one all of them again from the first, in 5 minutes
 *                              from when that last had its turn, or at once if that is longer ago
 *   all it sent has failed     the same
 * </pre>
 *
 * @param policy its name when the alert was raised
 * @param next the level that has its turn next, from 1
 * @param dueAt when; null: stopped
 * @param begunAt what {@code afterSeconds} counts from
 * @param againAt when it last began, so that the first level was due when it had its turn; null: it has not begun since
 *     {@code begunAt}
 * @param capAt set while levels are told again that were told before: when they have to be through, because then a level
 *     is due that was not told yet, or the last one's repetition
 * @param reached how many levels have had their turn
 * @param round how often a level had its turn
 */
record Chain(
        UUID alertId,
        String policy,
        List<Level> levels,
        int next,
        @Nullable Instant dueAt,
        Instant begunAt,
        @Nullable Instant againAt,
        @Nullable Instant capAt,
        int reached,
        int round,
        int rings,
        String kind,
        boolean test) {

    static final Duration REPEAT_EVERY = Duration.ofMinutes(5);

    /** Whoever was told within this time is not told again of a ring that is no graver. */
    static final Duration JUST_NOW = Duration.ofSeconds(30);

    Chain {
        levels = List.copyOf(levels);
        if (next < 1 || next > levels.size()) {
            throw new IllegalArgumentException("next level " + next + " (expected: 1.." + levels.size() + ")");
        }
    }

    /** An alert that has no chain yet. */
    static Chain of(Alert alert, String policy, List<Level> levels, Instant now) {
        Instant begun = alert.raisedAt();
        Chain waiting = new Chain(
                alert.id(),
                policy,
                levels,
                1,
                plus(begun, levels.getFirst()),
                begun,
                null,
                null,
                0,
                0,
                alert.rings(),
                alert.kind(),
                alert.test());
        return waiting.follow(alert, now);
    }

    boolean stopped() {
        return dueAt == null;
    }

    /** The last level had its turn, and is next again. */
    boolean repeats() {
        return next <= reached && next == levels.size() && capAt == null;
    }

    Level level() {
        return levels.get(next - 1);
    }

    /** What a change of its alert makes of it; the same again when nothing that matters here has changed. */
    Chain follow(Alert alert, Instant now) {
        Chain seen = new Chain(
                alertId,
                policy,
                levels,
                next,
                dueAt,
                begunAt,
                againAt,
                capAt,
                reached,
                round,
                alert.rings(),
                alert.kind(),
                alert.test());
        if (alert.state() != AlertState.OPEN) {
            return seen.at(next, null, null).asTest(test);
        }
        if (test && !alert.test()) {
            return seen.fromTheFirst(now);
        }
        if (stopped()) {
            return seen.goingOn(now);
        }
        return alert.rings() > rings && beginsAnew(alert, now) ? seen.anew(now) : seen;
    }

    private boolean beginsAnew(Alert alert, Instant now) {
        return reached > 0 && (Kinds.graver(alert.kind(), kind) || !now.isBefore(begun().plus(JUST_NOW)));
    }

    private Chain fromTheFirst(Instant now) {
        return new Chain(
                alertId, policy, levels, 1, plus(now, levels.getFirst()), now, null, null, 0, round, rings, kind, test);
    }

    /** Nobody has it any more: what comes after the next level keeps its distance to that. */
    private Chain goingOn(Instant now) {
        int level = Math.min(reached + 1, levels.size());
        Instant begun = now.minusSeconds(levels.get(level - 1).afterSeconds());
        Instant again = level == 1 ? null : begunBy(now.minus(REPEAT_EVERY));
        return new Chain(alertId, policy, levels, level, now, begun, again, null, reached, round, rings, kind, test);
    }

    private Chain anew(Instant now) {
        Instant cap = capAt != null ? capAt : dueAt;
        Instant first = earlier(plus(now, levels.getFirst()), cap);
        return new Chain(alertId, policy, levels, 1, first, begunAt, now, cap, reached, round, rings, kind, test);
    }

    /** The level that was due has had its turn. */
    Chain told(boolean anybody, Instant now) {
        Chain done = hadItsTurn(now);
        if (next == levels.size()) {
            return anybody ? done.at(next, now.plus(REPEAT_EVERY), null) : done.fromTheFirstAgain(now);
        }
        boolean toldBefore = done.capAt != null && next + 1 <= reached;
        Instant due = anybody ? done.dueOf(next + 1, toldBefore) : now;
        return done.at(next + 1, due, toldBefore ? done.capAt : null);
    }

    private Chain hadItsTurn(Instant now) {
        int had = Math.max(reached, next);
        Instant again = next == 1 ? begunBy(now) : againAt;
        Instant cap = waitsToBeginAgain() ? now.plus(REPEAT_EVERY) : capAt;
        return new Chain(alertId, policy, levels, next, dueAt, begunAt, again, cap, had, round + 1, rings, kind, test);
    }

    /** When it began, if the first level has its turn at that time. */
    private Instant begunBy(Instant firstTold) {
        return firstTold.minusSeconds(levels.getFirst().afterSeconds());
    }

    /** The last level reaches nobody: whoever can be told hears of it again. */
    private Chain fromTheFirstAgain(Instant now) {
        Instant due = plus(begun(), levels.getFirst()).plus(REPEAT_EVERY);
        return at(1, due.isBefore(now) ? now : due, null);
    }

    private boolean waitsToBeginAgain() {
        return next == 1 && next < levels.size() && reached == levels.size() && capAt == null;
    }

    private Instant begun() {
        return againAt == null ? begunAt : againAt;
    }

    private Instant dueOf(int level, boolean toldBefore) {
        Level its = levels.get(level - 1);
        if (toldBefore && againAt != null) {
            return earlier(plus(againAt, its), capAt);
        }
        return capAt == null ? plus(begunAt, its) : earlier(plus(begunAt, its), capAt);
    }

    /** Everything that was sent in that round has failed for good: as if it could have told nobody. */
    Chain failed(int ofRound, Instant now) {
        boolean passed = stopped() || ofRound != round || waitsToBeginAgain();
        if (passed || dueAt.isBefore(now)) {
            return this;
        }
        return repeats() ? fromTheFirstAgain(now) : at(next, now, capAt);
    }

    private Chain at(int level, @Nullable Instant due, @Nullable Instant cap) {
        return new Chain(alertId, policy, levels, level, due, begunAt, againAt, cap, reached, round, rings, kind, test);
    }

    /** That nobody outside the page was told of a test is remembered until it is told as live. */
    private Chain asTest(boolean as) {
        return new Chain(
                alertId, policy, levels, next, dueAt, begunAt, againAt, capAt, reached, round, rings, kind, as);
    }

    private static Instant plus(Instant time, Level level) {
        return time.plusSeconds(level.afterSeconds());
    }

    private static Instant earlier(Instant one, @Nullable Instant other) {
        return other == null || one.isBefore(other) ? one : other;
    }
}
