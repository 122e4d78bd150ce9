package identicom.receiver.session;

import identicom.wire.message.Command;
import identicom.wire.message.Identification;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a session stands. Each state holds only its own data. */
public sealed interface SessionState {
    /**
     * Connected; nothing valid came yet.
     *
     * @param asked the silent unit was asked who it is
     */
    record Arrived(Conditions conditions, boolean asked) implements SessionState {}

    /**
     * The unit said who it is; the whitelist was asked.
     *
     * @param held what it pushed meanwhile
     * @param gone why the connection is over already; null: it is not. What was pushed is published all the same
     */
    record Checking(
            Identification unit,
            long identifiedAtUs,
            List<Held> held,
            Conditions conditions,
            @Nullable EndReason gone) implements SessionState {}

    /** Not on the whitelist: nothing is sent, one pushed frame is waited for. */
    record Refused(Identification unit, Verdict verdict) implements SessionState {}

    /** The unit is served. */
    sealed interface Serving extends SessionState {
        Served served();

        Serving with(Served served);
    }

    /** A read of the log is unanswered. */
    record Reading(Served served) implements Serving {
        @Override
        public Reading with(Served now) {
            return new Reading(now);
        }
    }

    /** In the middle of the log; the next read waits for room. */
    record Paused(Served served) implements Serving {
        @Override
        public Paused with(Served now) {
            return new Paused(now);
        }
    }

    /** At the log's end; acknowledgements are waited for. */
    record Settling(Served served) implements Serving {
        @Override
        public Settling with(Served now) {
            return new Settling(now);
        }
    }

    /**
     * A delete is unanswered.
     *
     * @param upTo what the unit was told
     * @param then what follows
     */
    record Deleting(Served served, long upTo, Then then) implements Serving {
        @Override
        public Deleting with(Served now) {
            return new Deleting(now, upTo, then);
        }
    }

    /** What follows a delete. */
    enum Then {
        READ_ON,
        NEXT_STEP,
        FINISH
    }

    /** The unit's pictures are at hand: step 5. */
    sealed interface Picturing extends Serving {
        @Override
        Picturing with(Served served);
    }

    /** The list of pictures is unanswered. */
    record Listing(Served served) implements Picturing {
        @Override
        public Listing with(Served now) {
            return new Listing(now);
        }
    }

    /** The station was asked how far the listed pictures are durable. */
    record Recalling(Served served) implements Picturing {
        @Override
        public Recalling with(Served now) {
            return new Recalling(now);
        }
    }

    /** A read of a picture is unanswered. */
    record Fetching(Served served) implements Picturing {
        @Override
        public Fetching with(Served now) {
            return new Fetching(now);
        }
    }

    /** In the middle of a picture; acknowledgements or room are waited for. */
    record Holding(Served served) implements Picturing {
        @Override
        public Holding with(Served now) {
            return new Holding(now);
        }
    }

    /** A delete of a picture is unanswered. */
    record Erasing(Served served) implements Picturing {
        @Override
        public Erasing with(Served now) {
            return new Erasing(now);
        }
    }

    /** The station was asked which command waits for the unit: step 6. */
    record Consulting(Served served) implements Serving {
        @Override
        public Consulting with(Served now) {
            return new Consulting(now);
        }
    }

    /**
     * A command is unanswered.
     *
     * @param command that the unit was sent
     */
    record Instructing(Served served, Command command) implements Serving {
        @Override
        public Instructing with(Served now) {
            return new Instructing(now, command);
        }
    }

    /** Half-closed: what still comes is published. */
    record Lingering(Served served, EndReason reason) implements Serving {
        @Override
        public Lingering with(Served now) {
            return new Lingering(now, reason);
        }
    }

    /** Over. */
    record Closed(EndReason reason) implements SessionState {}
}
