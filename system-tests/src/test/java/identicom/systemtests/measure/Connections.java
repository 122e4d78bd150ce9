package identicom.systemtests.measure;

import static org.assertj.core.api.Assertions.assertThat;

import identicom.simulator.raw.RawUnit;
import identicom.wire.fault.FaultException;
import identicom.wire.message.Identification;
import identicom.wire.message.ReadEventLog;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Units that have said who they are, were asked for their log, and say nothing more. */
final class Connections implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final List<RawUnit> open = new ArrayList<>();

    private Connections() {}

    static Connections of(InetSocketAddress station, List<String> serials) throws IOException, FaultException {
        Connections all = new Connections();
        for (String serial : serials) {
            RawUnit unit = RawUnit.dial(station);
            all.open.add(unit);
            unit.send(new Identification(serial, "4.2.1"));
            assertThat(unit.next(LIMIT)).contains(new ReadEventLog(0));
        }
        return all;
    }

    int count() {
        return open.size();
    }

    @Override
    public void close() throws IOException {
        for (RawUnit unit : open) {
            unit.close();
        }
    }
}
