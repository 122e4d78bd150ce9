package identicom.systemtests.operations;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The address that units know, in place of a balancer: leads each new connection to the station named last, and hangs up while none is.
 * A connection that is open stays where it is. A thread that accepts, and two for each connection.
 */
final class Entrance implements AutoCloseable {
    private static final int BACKLOG = 1_024;
    private static final int CONNECT_LIMIT_MS = 10_000;

    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile @Nullable InetSocketAddress station;

    Entrance() throws IOException {
        listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().name("entrance").start(this::accept);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
    }

    void leadTo(InetSocketAddress newStation) {
        station = newStation;
    }

    void leadNowhere() {
        station = null;
    }

    private void accept() {
        try {
            while (true) {
                Socket unit = listener.accept();
                Thread.ofVirtual().name("entrance-unit").start(() -> lead(unit));
            }
        } catch (IOException closed) {
            open.forEach(Entrance::hangUp);
        }
    }

    private void lead(Socket unit) {
        InetSocketAddress to = station;
        try (unit;
                Socket there = new Socket()) {
            open.add(unit);
            if (to != null) {
                there.connect(to, CONNECT_LIMIT_MS);
                open.add(there);
                Thread back = Thread.ofVirtual().name("entrance-station").start(() -> copy(there, unit));
                copy(unit, there);
                back.join();
            }
            open.remove(there);
        } catch (IOException gone) {
            // its unit sees that the line is gone
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(unit);
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException gone) {
            hangUp(from);
            hangUp(to);
        }
    }

    private static void hangUp(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        open.forEach(Entrance::hangUp);
    }
}
