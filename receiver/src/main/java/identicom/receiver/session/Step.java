package identicom.receiver.session;

import identicom.wire.message.ToUnit;
import java.util.Optional;

/**
 * What is done with a unit between the two readings of its log: PROTOCOL.md section 3, steps 5 and 6. Pure.
 *
 * <p>Called only when the whole log is durable, the unit is whitelisted and main answers, so that a step may ask for
 * pictures and send commands.
 */
@FunctionalInterface
public interface Step {
    /** Nothing to do, for any unit. */
    Step NOTHING = served -> Optional.empty();

    /** The first request, or nothing where there is nothing to do. */
    Optional<ToUnit> begin(Served served);
}
