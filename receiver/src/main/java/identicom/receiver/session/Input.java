package identicom.receiver.session;

import identicom.wire.fault.Fault;
import identicom.wire.message.Command;
import identicom.wire.message.FromUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can happen to a session. */
public sealed interface Input {
    /**
     * A whole message came.
     *
     * @param readAtUs when its last byte had been read, microseconds since 1970 UTC
     */
    record Received(FromUnit message, long readAtUs) implements Input {}

    /** The unit's bytes break the protocol; nothing behind them is read. */
    record Faulted(Fault fault) implements Input {}

    /** The unit's end of the connection is closed, or all of it. */
    record PeerClosed() implements Input {}

    record Fired(Timer timer) implements Input {}

    /** The whitelist's answer to {@link Effect.Ask}. */
    record Judged(Verdict verdict) implements Input {}

    /**
     * The station's answer to {@link Effect.Recall}.
     *
     * @param positions of the pictures asked for, in their order
     */
    record Recalled(List<PicturePosition> positions) implements Input {
        public Recalled {
            positions = List.copyOf(positions);
        }
    }

    /**
     * The station's answer to {@link Effect.NextCommand}.
     *
     * @param command that waits for the unit and was not sent in this session; null: none
     */
    record Commanded(@Nullable Command command) implements Input {}

    /** Main has the record with this number, on all in-sync replicas. */
    record Acknowledged(long number) implements Input {}

    /** The record with this number will never be acknowledged by main: it failed, or was not sent. */
    record Lost(long number) implements Input {}

    record MainSilent() implements Input {}

    record MainBack() implements Input {}

    /** The station has no room for more log entries for now. */
    record OutboxFull() implements Input {}

    record OutboxFree() implements Input {}

    /** The station has no room for more picture blocks for now. */
    record PicturesFull() implements Input {}

    record PicturesFree() implements Input {}

    /** The station is about to stop: come to a safe point. */
    record Drain() implements Input {}

    /** A newer session of the same serial is there. */
    record Replaced() implements Input {}

    /** The serial is on the list no longer. */
    record Decommissioned() implements Input {}

    /** The connection is dropped to make room for others. */
    record CrowdedOut() implements Input {}
}
