package identicom.receiver.server;

import identicom.receiver.session.Input;
import identicom.wire.codec.MessageInbound;
import identicom.wire.codec.MessageOutbound;
import identicom.wire.frame.Direction;
import identicom.wire.frame.FrameDecoder;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Gives each new connection its place and its pipeline:
 *
 * <pre>
 * socket → byte meter → PROXY gate, or that there is no such header → frames → messages → session
 * </pre>
 *
 * <p>Any event loop.
 */
final class Entrance {
    private final Station station;
    private final SessionRegistry registry;
    private final Admission admission;
    private final Ending ending;
    private final MessageOutbound outbound = new MessageOutbound();

    Entrance(Station station, SessionRegistry registry, Admission admission, Ending ending) {
        this.station = station;
        this.registry = registry;
        this.admission = admission;
        this.ending = ending;
    }

    /** @param peer null: it is gone already */
    void accepted(Channel channel, @Nullable InetSocketAddress peer) {
        if (peer == null) {
            channel.close();
            return;
        }
        SessionHandler[] session = new SessionHandler[1];
        Admission.Ticket ticket = admission.admit(peer, () -> crowdedOut(session[0], channel));
        if (ticket == null) {
            channel.close();
            return;
        }
        ByteMeter meter = new ByteMeter(station.nanoTime());
        session[0] = new SessionHandler(station, registry, ticket, ending, meter, channel);
        channel.pipeline()
                .addLast(meter)
                .addLast(
                        isLoadBalancer(peer)
                                ? new ProxyGate(ticket, station.metrics())
                                : new UntrustedHeader(station.metrics()))
                .addLast(new FrameDecoder(Direction.FROM_UNIT))
                .addLast(new MessageInbound(Direction.FROM_UNIT))
                .addLast(outbound)
                .addLast(session[0]);
        long afterMs = station.settings().unidentifiedAfter().toMillis();
        channel.eventLoop().schedule(ticket::overdue, afterMs, TimeUnit.MILLISECONDS);
    }

    private boolean isLoadBalancer(InetSocketAddress peer) {
        return station.settings().trustedProxies().stream().anyMatch(network -> network.contains(peer.getAddress()));
    }

    private static void crowdedOut(@Nullable SessionHandler session, Channel channel) {
        if (session == null) {
            channel.close();
        } else {
            session.post(new Input.CrowdedOut());
        }
    }
}
