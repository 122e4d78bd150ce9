package identicom.receiver.session;

import identicom.wire.message.Command;
import identicom.wire.message.CommandResult;
import identicom.wire.message.EventEntry;
import identicom.wire.message.Identification;
import identicom.wire.message.Octets;
import identicom.wire.message.PictureEntry;
import identicom.wire.message.ToUnit;
import java.util.List;

/** What a session wants done, in this order. */
public sealed interface Effect {
    record Send(ToUnit message) implements Effect {}

    /**
     * Publish these entries. Each is later acknowledged or lost by its number: the first has {@code firstNumber}, the next
     * one more.
     *
     * @param logId 0..32767
     * @param readAtUs when the frame had been read, microseconds since 1970 UTC
     * @param decodedAtUs when the session took it up, microseconds since 1970 UTC
     */
    record Publish(
            long firstNumber,
            int logId,
            List<EventEntry> entries,
            boolean pushed,
            Verdict.Standing standing,
            long readAtUs,
            long decodedAtUs)
            implements Effect {}

    /**
     * Publish a piece of a picture, or what there is to tell of it without one. Acknowledged or lost by its number.
     *
     * @param data no bytes for a picture of 0 bytes, and for one that is too large
     * @param corrupt the last block of a second reading with a wrong CRC
     * @param reading 1, or 2 after a wrong CRC
     * @param readAtUs when the frame had been read, microseconds since 1970 UTC
     */
    record PublishPicture(
            long number,
            PictureEntry picture,
            long offset,
            Octets data,
            boolean tooLarge,
            boolean corrupt,
            int reading,
            long readAtUs)
            implements Effect {}

    /** Ask how far these pictures are durable; the answer is {@link Input.Recalled}. */
    record Recall(List<PictureEntry> pictures) implements Effect {}

    /** Write down how far a picture is durable. Acknowledged or lost by its number. */
    record SaveProgress(long number, PicturePosition position) implements Effect {}

    /** The unit confirmed that it deleted the picture: nothing need be remembered of it. */
    record ForgetProgress(PictureEntry picture) implements Effect {}

    /** Something became of a picture; for the count. */
    record Noted(PictureOutcome outcome) implements Effect {}

    /** Ask which command is next for the unit; the answer is {@link Input.Commanded}. */
    record NextCommand() implements Effect {}

    /** Tell that the command was sent. */
    record CommandSent(Command command) implements Effect {}

    /**
     * Tell what the unit answered. It need not be acknowledged: a command of which main has no answer is sent again in a later session,
     * and a unit repeats its answer.
     *
     * @param readAtUs when the frame had been read, microseconds since 1970 UTC
     */
    record CommandAnswered(CommandResult result, long readAtUs) implements Effect {}

    /** Keep what an unregistered unit sent for an operator. */
    record Quarantine(Identification unit, Verdict.Standing standing, List<Held> held, long nowUs) implements Effect {}

    /** Ask the whitelist for this serial; the answer is {@link Input.Judged}. */
    record Ask(String serial) implements Effect {}

    /** The unit is served from here on: an older session of it is replaced. */
    record Opened(Identification unit, Verdict.Standing standing, long identifiedAtUs) implements Effect {}

    /** The unit confirmed that it deleted everything up to here. */
    record Deleted(long upTo) implements Effect {}

    record Start(Timer timer) implements Effect {}

    record Stop(Timer timer) implements Effect {}

    /** Take no more bytes from the connection for now. */
    record PauseReading() implements Effect {}

    record ResumeReading() implements Effect {}

    /** Answer the load balancer with the station's state. */
    record AnswerProbe() implements Effect {}

    record Count(Misstep misstep) implements Effect {}

    /** End the station's direction of the connection, behind what was sent. */
    record HalfClose() implements Effect {}

    /** Close the connection, behind what was sent. */
    record Close() implements Effect {}

    /** The session is over. Comes once, last. */
    record Ended(EndReason reason) implements Effect {}
}
