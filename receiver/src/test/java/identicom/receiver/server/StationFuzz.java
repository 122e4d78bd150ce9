package identicom.receiver.server;

import static identicom.fuzzing.Invariants.same;

import identicom.fuzzing.FuzzTarget;
import identicom.receiver.commands.CommandBook;
import identicom.receiver.commands.CommandSettings;
import identicom.receiver.metrics.ReceiverMetrics;
import identicom.receiver.progress.PictureSettings;
import identicom.receiver.progress.ProgressBook;
import identicom.receiver.publish.NothingSilent;
import identicom.receiver.session.PictureRules;
import identicom.receiver.session.Rules;
import identicom.receiver.session.SessionMachine;
import identicom.receiver.session.Verdict;
import identicom.runtime.config.Network;
import identicom.schema.v1.Command;
import identicom.wire.event.EventCatalogue;
import identicom.wire.event.EventClass;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A whole station without its listener, from the entrance to what it publishes, on any bytes of a peer that is a trusted load balancer
 * or is not: no session fails by a fault of the station's own, and every buffer is released. While nothing is acknowledged, the same is
 * published and answered however the bytes are cut: an acknowledgement comes between two pieces and not within one.
 *
 * <pre>
 *   | bit 0: trusted, bit 1: all is acknowledged at once | how it is cut, u8 | the stream … |
 * </pre>
 */
final class StationFuzz implements FuzzTarget {
    private static final int HEAD = 2;
    private static final InetSocketAddress BALANCER = new InetSocketAddress("10.0.0.1", 7);
    private static final InetSocketAddress OTHER = new InetSocketAddress("192.0.2.1", 7);
    private static final int MAX_PICTURE = 100_000;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ReceiverMetrics metrics = new ReceiverMetrics(meters);
    private final Counter faults = meters.get("identicom.receiver.sessions.ended")
            .tag("reason", "station-fault")
            .counter();
    private final EventCatalogue catalogue = EventCatalogue.standard();
    private final SessionMachine machine = new SessionMachine(
            Rules.standard(code -> catalogue.type(code).eventClass() == EventClass.CRITICAL),
            PictureRules.standard(MAX_PICTURE));
    private final ServerSettings settings = trusting(FakeStation.settings());

    @Override
    public void run(byte[] input) {
        if (input.length < HEAD) {
            return;
        }
        InetSocketAddress peer = (input[0] & 1) == 0 ? OTHER : BALANCER;
        boolean acknowledging = (input[0] & 2) != 0;
        byte[] stream = Arrays.copyOfRange(input, HEAD, input.length);
        StationHearing whole = hearing(peer, acknowledging);
        whole.read(stream, 0, stream.length);
        StationHearing pieces = hearing(peer, acknowledging);
        int random = input[1];
        for (int from = 0; from < stream.length; ) {
            random = random * 1_103_515_245 + 12_345;
            int to = Math.min(stream.length, from + 1 + (random >>> 16) % (1 + (input[1] & 0x7f)));
            pieces.read(stream, from, to);
            from = to;
        }
        whole.end();
        pieces.end();
        same(0.0, faults.count(), "sessions that ended by a fault of the station's own");
        if (!acknowledging) {
            same(whole.published(), pieces.published(), "published in pieces");
            same(whole.answered(), pieces.answered(), "answered in pieces");
        }
    }

    private StationHearing hearing(InetSocketAddress peer, boolean acknowledging) {
        NotingPublisher publisher = new NotingPublisher(acknowledging);
        int[] ids = new int[1];
        Station station = new Station(
                "fuzzed",
                settings,
                catalogue,
                machine,
                publisher,
                new NothingSilent(),
                StationFuzz::judge,
                new ProgressBook(new PictureSettings(MAX_PICTURE, 100, Duration.ZERO), () -> true),
                commands(),
                metrics,
                () -> NotingPublisher.NOW_US,
                () -> 1L,
                () -> "id-" + ++ids[0]);
        return new StationHearing(station, publisher, peer);
    }

    /** One of each kind waits for unit C. */
    private static CommandBook commands() {
        CommandBook book = new CommandBook(new CommandSettings(100), () -> true);
        for (int opcode = 1; opcode <= 5; opcode++) {
            Command command = Command.newBuilder()
                    .setSerial("C")
                    .setTicket(opcode)
                    .setOpcode(opcode)
                    .setExpiresAtUs(Long.MAX_VALUE)
                    .build();
            book.command(new ConsumerRecord<>("commands", 0, opcode, new byte[0], command.toByteArray()));
        }
        return book;
    }

    private static void judge(String serial, Consumer<Verdict> answer) {
        answer.accept(
                switch (serial.charAt(0)) {
                    case 'X' -> Verdict.UNREGISTERED;
                    case 'U' -> Verdict.UNVERIFIED;
                    default -> Verdict.whitelisted(Long.MAX_VALUE);
                });
    }

    private static ServerSettings trusting(ServerSettings s) {
        return new ServerSettings(
                s.host(),
                s.port(),
                s.threads(),
                List.of(Network.parse("10.0.0.0/8")),
                s.maxConnections(),
                s.unidentifiedPercent(),
                s.unidentifiedAfter(),
                s.limits(),
                s.probeInterval(),
                s.drainLimit(),
                s.heartbeat());
    }

    @Override
    public long mostAllocated(int length) {
        return 262_144 + 8_000L * length;
    }
}
