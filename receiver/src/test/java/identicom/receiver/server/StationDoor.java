package identicom.receiver.server;

import identicom.receiver.session.Input;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;

/** A station's {@link Entrance} without a listener: whoever simulates the network brings the channels. One thread. */
public final class StationDoor {
    private final Station station;
    private final SessionRegistry registry;
    private final Admission admission;
    private final Ending ending = new Ending();

    public StationDoor(Station station, SessionRegistry registry) {
        this.station = station;
        this.registry = registry;
        this.admission = new Admission(
                station.settings().maxConnections(), station.settings().unidentifiedPercent(), station.metrics());
        station.state().onChange(registry::stateChanged);
    }

    /** @param sessions the station's registry, or what a wrong station takes for it */
    public void accept(Channel channel, InetSocketAddress peer, SessionRegistry sessions) {
        new Entrance(station, sessions, admission, ending).accepted(channel, peer);
    }

    /** Every session comes to a safe point. */
    public void drain() {
        ending.stop();
        registry.tellAll(new Input.Drain());
    }

    public void closeAll() {
        registry.closeAll();
    }

    /** Connections that hold a place. */
    public int connections() {
        return admission.open();
    }

    /** Sessions that are not over. */
    public int sessions() {
        return registry.openCount();
    }
}
