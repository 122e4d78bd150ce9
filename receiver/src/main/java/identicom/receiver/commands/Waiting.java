package identicom.receiver.commands;

import identicom.schema.v1.Command;
import java.util.Optional;
import java.util.Set;

/** What waits for a unit. Any thread; never blocks. */
public interface Waiting {
    /**
     * The oldest command that waits for the unit.
     *
     * @param tried tickets that are passed over
     * @param nowUs what has expired by then is not told; microseconds since 1970 UTC
     */
    Optional<Command> next(String serial, Set<Integer> tried, long nowUs);
}
