package identicom.receiver.commands;

import identicom.runtime.config.Configuration;
import identicom.runtime.config.Key;
import java.util.List;

/**
 * How a station keeps commands.
 *
 * @param maxWaiting commands that wait for units and are kept in memory
 */
public record CommandSettings(int maxWaiting) {
    private static final Key<Integer> MAX_WAITING = Key.integer(
            "receiver.commands.max-waiting",
            200_000,
            100,
            10_000_000,
            "Commands waiting for units that a station keeps in memory; beyond it those of some units are not sent by this station");

    public static final List<Key<?>> KEYS = List.of(MAX_WAITING);

    public static CommandSettings from(Configuration c) {
        return new CommandSettings(c.get(MAX_WAITING));
    }
}
