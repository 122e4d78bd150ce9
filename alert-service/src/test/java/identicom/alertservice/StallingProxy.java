package identicom.alertservice;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A network between clients and a service of this machine, which can be lost: from then on it passes nothing on and closes nothing. */
final class StallingProxy implements AutoCloseable {

    private static final int CHUNK = 8 * 1024;

    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int port;
    private final List<Closeable> sockets = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean lost;

    /** @param port of the service */
    StallingProxy(int port) throws IOException {
        this.port = port;
        Thread.ofVirtual().name("stalling-proxy").start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    void loseTheNetwork() {
        lost = true;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                Socket service = new Socket(InetAddress.getLoopbackAddress(), port);
                sockets.addAll(List.of(client, service));
                Thread.ofVirtual().name("to-service").start(() -> pass(client, service));
                Thread.ofVirtual().name("to-client").start(() -> pass(service, client));
            }
        } catch (IOException ended) {
            closed.countDown();
        }
    }

    private void pass(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] chunk = new byte[CHUNK];
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                if (lost) {
                    closed.await();
                }
                out.write(chunk, 0, count);
            }
            if (lost) {
                closed.await();
            }
        } catch (IOException | InterruptedException ended) {
            // the other side has gone, or the test has ended
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Closeable socket : sockets) {
            socket.close();
        }
    }
}
