package identicom.receiver.simulation;

import identicom.receiver.commands.Waiting;
import identicom.receiver.metrics.Outlet;
import identicom.receiver.publish.Publisher;
import identicom.receiver.publish.StationState;
import identicom.receiver.server.SessionRegistry;
import identicom.receiver.whitelist.Judge;
import io.netty.channel.ChannelPipeline;

/** What a wrong station would do, at the seams between its parts; by default nothing. One of its own for each schedule. */
interface Plant {
    Plant NONE = new Plant() {};

    default Publisher publisher(Publisher right, StationState state) {
        return right;
    }

    default Judge judge(Judge right) {
        return right;
    }

    default Waiting commands(Waiting right) {
        return right;
    }

    /** The session's registry: the station's, or another. */
    default SessionRegistry registry(SessionRegistry right) {
        return right;
    }

    /** The last handler is the session's; before it messages come and go. */
    default void pipeline(ChannelPipeline pipeline) {}

    /** A timer of this length never rings. */
    default boolean forgets(long delayNanos) {
        return false;
    }

    /** A record of this outlet never goes out, and counts as acknowledged. */
    default boolean swallows(Outlet outlet) {
        return false;
    }
}
