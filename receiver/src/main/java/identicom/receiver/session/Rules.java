package identicom.receiver.session;

import java.util.function.IntPredicate;

/**
 * What a session goes by.
 *
 * @param critical whether an event type, 0..255, is critical
 * @param deleteMark entries read after which what is durable is deleted in mid-reading
 * @param maxUndurableAnswers answers that may wait for their acknowledgement before the next is asked for
 * @param maxHeldFrames pushed frames held before the whitelist's verdict; then the connection is not read from
 * @param maxRestarts how often a session begins reading anew because the log changed
 */
public record Rules(
        IntPredicate critical, int deleteMark, int maxUndurableAnswers, int maxHeldFrames, int maxRestarts) {
    /** PROTOCOL.md's numbers. */
    public static Rules standard(IntPredicate critical) {
        return new Rules(critical, 1020, 128, 4, 2);
    }
}
