package identicom.receiver.session;

import org.jspecify.annotations.Nullable;

/**
 * What goes on around a session.
 *
 * @param mainSilent the main cluster does not answer
 * @param outboxFull the station has no room for more log entries
 * @param picturesFull the station has no room for more picture blocks
 * @param ending why the session is to end at its next safe point; null: it is not
 */
public record Conditions(
        boolean mainSilent,
        boolean outboxFull,
        boolean picturesFull,
        @Nullable EndReason ending) {
    /** {@code input} noted, if it is about the conditions. */
    Conditions after(Input input) {
        return switch (input) {
            case Input.MainSilent i -> new Conditions(true, outboxFull, picturesFull, ending);
            case Input.MainBack i -> new Conditions(false, outboxFull, picturesFull, ending);
            case Input.OutboxFull i -> new Conditions(mainSilent, true, picturesFull, ending);
            case Input.OutboxFree i -> new Conditions(mainSilent, false, picturesFull, ending);
            case Input.PicturesFull i -> new Conditions(mainSilent, outboxFull, true, ending);
            case Input.PicturesFree i -> new Conditions(mainSilent, outboxFull, false, ending);
            case Input.Drain i -> endingWith(EndReason.DRAINED);
            case Input.Fired(Timer timer) when timer == Timer.WRAP_UP -> endingWith(EndReason.TIME_LIMIT);
            default -> this;
        };
    }

    private Conditions endingWith(EndReason reason) {
        return new Conditions(mainSilent, outboxFull, picturesFull, ending == null ? reason : ending);
    }
}
