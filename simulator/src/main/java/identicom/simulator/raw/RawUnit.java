package identicom.simulator.raw;

import identicom.wire.codec.MessageEncoder;
import identicom.wire.codec.ToUnitDecoder;
import identicom.wire.fault.FaultException;
import identicom.wire.frame.Direction;
import identicom.wire.frame.FrameReader;
import identicom.wire.message.FromUnit;
import identicom.wire.message.ToUnit;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;

/**
 * A socket to a station, driven by hand: sends any bytes, in pieces of any size, and reads the station's messages. One
 * thread.
 */
public final class RawUnit implements AutoCloseable {
    private static final int CONNECT_TIMEOUT_MS = 10_000;

    private final Socket socket;
    private final FrameReader frames = new FrameReader(Direction.TO_UNIT);
    private final Queue<ToUnit> received = new ArrayDeque<>();
    private final byte[] buffer = new byte[4096];
    private int pieces = Integer.MAX_VALUE;
    private boolean ended;

    private RawUnit(Socket socket) {
        this.socket = socket;
    }

    public static RawUnit dial(InetSocketAddress station) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(station, CONNECT_TIMEOUT_MS);
            socket.setTcpNoDelay(true);
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
        return new RawUnit(socket);
    }

    /** A unit at the other end of a socket that is connected already, such as one with TLS; closing it closes the socket. */
    public static RawUnit over(Socket connected) {
        return new RawUnit(connected);
    }

    /** Sends everything from now on in segments of at most {@code bytes}. */
    public RawUnit inPiecesOf(int bytes) {
        pieces = bytes;
        return this;
    }

    /** Sends bytes as they are. */
    public void send(byte... bytes) throws IOException {
        for (int at = 0; at < bytes.length; at += Math.min(pieces, bytes.length - at)) {
            socket.getOutputStream().write(bytes, at, Math.min(pieces, bytes.length - at));
        }
    }

    /** Sends messages, in their frames, together. */
    public void send(FromUnit... messages) throws IOException {
        byte[] all = new byte[0];
        for (FromUnit message : messages) {
            byte[] frame = MessageEncoder.frame(message);
            byte[] more = Arrays.copyOf(all, all.length + frame.length);
            System.arraycopy(frame, 0, more, all.length, frame.length);
            all = more;
        }
        send(all);
    }

    /** The station's next message; nothing when it ends the connection, in order or by a reset. */
    public Optional<ToUnit> next(Duration within) throws IOException, FaultException {
        long until = System.nanoTime() + within.toNanos();
        while (received.isEmpty() && !ended) {
            read(until, within);
        }
        return Optional.ofNullable(received.poll());
    }

    /** Reads on until the station ends the connection; returns how many messages came before. */
    public int untilEnd(Duration within) throws IOException, FaultException {
        long until = System.nanoTime() + within.toNanos();
        while (!ended) {
            read(until, within);
        }
        int count = received.size();
        received.clear();
        return count;
    }

    /** Ends the sending side; the station's messages can still be read. */
    public void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Cuts the connection with a reset. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        frames.close();
        socket.close();
    }

    private void read(long untilNanos, Duration within) throws IOException, FaultException {
        long leftMs = (untilNanos - System.nanoTime()) / 1_000_000;
        if (leftMs <= 0) {
            throw new SocketTimeoutException("nothing from the station within " + within.toMillis() + " ms");
        }
        socket.setSoTimeout((int) leftMs);
        int length = receive(socket.getInputStream());
        if (length < 0) {
            ended = true;
            return;
        }
        FaultException[] fault = new FaultException[1];
        frames.read(Unpooled.wrappedBuffer(buffer, 0, length), UnpooledByteBufAllocator.DEFAULT, frame -> {
            try {
                received.add(ToUnitDecoder.decode(frame));
            } catch (FaultException wrong) {
                fault[0] = wrong;
            } finally {
                frame.release();
            }
        });
        if (fault[0] != null) {
            throw fault[0];
        }
    }

    private int receive(InputStream in) throws IOException {
        try {
            return in.read(buffer);
        } catch (SocketTimeoutException late) {
            throw late;
        } catch (SocketException reset) {
            return -1;
        }
    }
}
