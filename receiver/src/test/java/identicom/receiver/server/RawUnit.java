package identicom.receiver.server;

import identicom.wire.codec.MessageEncoder;
import identicom.wire.codec.MessageInbound;
import identicom.wire.fault.FaultException;
import identicom.wire.frame.Direction;
import identicom.wire.frame.FrameReader;
import identicom.wire.message.FromUnit;
import identicom.wire.message.Message;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A unit's end of a real socket, speaking raw bytes. */
public final class RawUnit implements AutoCloseable {
    private static final int TIMEOUT_MS = 60_000;

    private final Socket socket;
    private final int piece;
    private final Queue<Message> received = new ArrayDeque<>();
    private final FrameReader reader = new FrameReader(Direction.TO_UNIT);

    public RawUnit(int port) {
        this(port, 1400);
    }

    /** @param piece bytes in each write */
    public RawUnit(int port, int piece) {
        this(port, piece, "127.0.0.1");
    }

    public RawUnit(int port, int piece, String from) {
        this.piece = piece;
        try {
            socket = new Socket();
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(TIMEOUT_MS);
            socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
            socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public RawUnit send(FromUnit... messages) {
        for (FromUnit message : messages) {
            bytes(MessageEncoder.frame(message));
        }
        return this;
    }

    RawUnit hex(String hex) {
        return bytes(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    RawUnit bytes(byte[] bytes) {
        try {
            for (int at = 0; at < bytes.length; at += piece) {
                socket.getOutputStream().write(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + piece)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** The next message of the station's, or null at its end. */
    public @Nullable Message next() {
        byte[] some = new byte[4096];
        try {
            while (received.isEmpty()) {
                int count = socket.getInputStream().read(some);
                if (count < 0) {
                    return null;
                }
                reader.read(Unpooled.wrappedBuffer(some, 0, count), UnpooledByteBufAllocator.DEFAULT, frame -> {
                    try {
                        received.add(MessageInbound.decode(frame, Direction.TO_UNIT));
                    } catch (FaultException e) {
                        throw new AssertionError("the station sent what it may not", e);
                    } finally {
                        frame.release();
                    }
                });
            }
            return received.remove();
        } catch (FaultException e) {
            throw new AssertionError("the station sent what it may not", e);
        } catch (IOException reset) {
            return null;
        }
    }

    int localPort() {
        return socket.getLocalPort();
    }

    public RawUnit end() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    @Override
    public void close() {
        try {
            reader.close();
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
