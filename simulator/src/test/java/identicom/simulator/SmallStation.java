package identicom.simulator;

import identicom.wire.codec.FromUnitDecoder;
import identicom.wire.codec.MessageEncoder;
import identicom.wire.fault.FaultException;
import identicom.wire.frame.Direction;
import identicom.wire.frame.FrameReader;
import identicom.wire.message.DeleteEventLog;
import identicom.wire.message.DeletePicture;
import identicom.wire.message.EventEntry;
import identicom.wire.message.EventLog;
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
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The least that a unit needs to be emptied: reads a log to its end, deletes what it read, hangs up. */
public final class SmallStation implements AutoCloseable {
    /** How it treats every unit. */
    public enum Manner {
        READ_AND_DELETE,
        PICTURES_TOO,
        READ_ONLY,
        HANG_UP,
        SAY_NOTHING
    }

    private final ServerSocket listener;
    private final Map<String, List<EventEntry>> deleted = new ConcurrentHashMap<>();
    private final Map<String, List<EventEntry>> pushed = new ConcurrentHashMap<>();
    private final Map<String, List<Octets>> pictures = new ConcurrentHashMap<>();
    private final List<String> sources = new CopyOnWriteArrayList<>();
    private volatile Manner manner;

    public SmallStation(Manner manner) throws IOException {
        this.manner = manner;
        this.listener = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    public void behave(Manner next) {
        manner = next;
    }

    public List<EventEntry> deleted(String serial) {
        return deleted.getOrDefault(serial, List.of());
    }

    public List<EventEntry> pushed(String serial) {
        return pushed.getOrDefault(serial, List.of());
    }

    /** Whole pictures, in order. */
    public List<Octets> pictures(String serial) {
        return pictures.getOrDefault(serial, List.of());
    }

    /** The addresses that dialled, once for each session. */
    public List<String> sources() {
        return sources;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void accept() {
        try {
            while (true) {
                Socket unit = listener.accept();
                sources.add(unit.getInetAddress().getHostAddress());
                Thread.ofVirtual().start(() -> serve(unit));
            }
        } catch (IOException closed) {
            listener.isClosed();
        }
    }

    private void serve(Socket socket) {
        try (socket;
                Conversation unit = new Conversation(socket)) {
            String serial = ((Identification) unit.next()).serial();
            switch (manner) {
                case HANG_UP -> {}
                case SAY_NOTHING -> unit.untilEnd();
                case READ_ONLY -> read(unit, serial);
                case READ_AND_DELETE -> delete(unit, serial, read(unit, serial));
                case PICTURES_TOO -> {
                    delete(unit, serial, read(unit, serial));
                    pictures(unit, serial);
                }
            }
        } catch (IOException | FaultException gone) {
            socket.isClosed();
        }
    }

    private List<EventEntry> read(Conversation unit, String serial) throws IOException, FaultException {
        List<EventEntry> entries = new ArrayList<>();
        EventLog page;
        do {
            page = unit.read(serial, entries.isEmpty() ? 0 : entries.getLast().sequence());
            entries.addAll(page.entries());
        } while (page.remaining() > 0);
        return entries;
    }

    private void pictures(Conversation unit, String serial) throws IOException, FaultException {
        unit.say(new ListPictures());
        for (PictureEntry picture : ((PictureList) unit.answer(serial)).pictures()) {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            while (content.size() < picture.size()) {
                int length = (int) Math.min(PictureBlock.MAX_DATA, picture.size() - content.size());
                unit.say(new ReadPicture(picture.picture(), content.size(), length));
                content.write(((PictureBlock) unit.answer(serial)).data().toArray());
            }
            pictures.computeIfAbsent(serial, s -> new CopyOnWriteArrayList<>()).add(Octets.of(content.toByteArray()));
            unit.say(new DeletePicture(picture.picture()));
            unit.answer(serial);
        }
    }

    private void delete(Conversation unit, String serial, List<EventEntry> entries) throws IOException, FaultException {
        if (!entries.isEmpty()) {
            unit.say(new DeleteEventLog(entries.getLast().sequence()));
            unit.answer(serial);
            deleted.computeIfAbsent(serial, s -> new CopyOnWriteArrayList<>()).addAll(entries);
        }
    }

    private final class Conversation implements AutoCloseable {
        private final Socket socket;
        private final FrameReader reader = new FrameReader(Direction.FROM_UNIT);
        private final List<FromUnit> waiting = new ArrayList<>();
        private final byte[] buffer = new byte[4096];

        Conversation(Socket socket) {
            this.socket = socket;
        }

        void say(ToUnit message) throws IOException {
            socket.getOutputStream().write(MessageEncoder.frame(message));
        }

        EventLog read(String serial, long after) throws IOException, FaultException {
            say(new ReadEventLog(after));
            return (EventLog) answer(serial);
        }

        FromUnit answer(String serial) throws IOException, FaultException {
            FromUnit message = next();
            while (message instanceof EventLog log && log.pushed()) {
                pushed.computeIfAbsent(serial, s -> new CopyOnWriteArrayList<>())
                        .addAll(log.entries());
                message = next();
            }
            return message;
        }

        FromUnit next() throws IOException, FaultException {
            while (waiting.isEmpty()) {
                if (!receive()) {
                    throw new IOException("the unit has hung up");
                }
            }
            return waiting.removeFirst();
        }

        void untilEnd() throws IOException, FaultException {
            while (receive()) {
                waiting.clear();
            }
        }

        @Override
        public void close() {
            reader.close();
        }

        private boolean receive() throws IOException, FaultException {
            int length = socket.getInputStream().read(buffer);
            if (length < 0) {
                return false;
            }
            @Nullable FaultException[] fault = new @Nullable FaultException[1];
            reader.read(Unpooled.copiedBuffer(buffer, 0, length), UnpooledByteBufAllocator.DEFAULT, frame -> {
                try {
                    waiting.add(FromUnitDecoder.decode(frame));
                } catch (FaultException wrong) {
                    fault[0] = wrong;
                } finally {
                    frame.release();
                }
            });
            if (fault[0] != null) {
                throw fault[0];
            }
            return true;
        }
    }
}
