package identicom.systemtests.measure;

import identicom.simulator.raw.RawUnit;
import identicom.wire.codec.MessageEncoder;
import identicom.wire.fault.FaultException;
import identicom.wire.message.Identification;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Random;

/** Who is no unit of ours: bytes that are no frames, serials that nobody knows, and connections that say nothing. */
final class Strangers {
    private static final int CALLS = 300;
    private static final int SILENT = 3;
    private static final int MOST_BYTES = 2_000;
    private static final Duration ENDS = Duration.ofSeconds(60);

    private Strangers() {}

    /** Returns when the station has ended each call. */
    static void call(InetSocketAddress station) throws IOException, FaultException {
        Random random = new Random(1);
        for (int call = 0; call < CALLS; call++) {
            try (RawUnit raw = RawUnit.dial(station)) {
                if (call % 2 == 0) {
                    byte[] bytes = new byte[random.nextInt(1, MOST_BYTES)];
                    random.nextBytes(bytes);
                    bytes[0] = 0;
                    raw.send(bytes);
                    raw.untilEnd(ENDS);
                } else {
                    raw.send(MessageEncoder.frame(new Identification("NOBODY-" + call, "4.2.1")));
                }
            }
        }
        for (int call = 0; call < SILENT; call++) {
            try (RawUnit raw = RawUnit.dial(station)) {
                raw.untilEnd(ENDS);
            }
        }
    }
}
