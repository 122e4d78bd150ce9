package identicom.alertservice.notify.sms;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** Ends TLS on 127.0.0.1 in front of a port that speaks plainly. */
final class TlsFront implements AutoCloseable {
    private final ServerSocket listener;
    private final int behind;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    TlsFront(SSLContext shown, int behind) throws IOException {
        this.listener = shown.getServerSocketFactory().createServerSocket(0, 16, InetAddress.getLoopbackAddress());
        this.behind = behind;
        threads.execute(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket outside = listener.accept();
                Socket inside = new Socket(InetAddress.getLoopbackAddress(), behind);
                threads.execute(() -> copy(outside, inside));
                threads.execute(() -> copy(inside, outside));
            } catch (IOException closed) {
                continue; // or a handshake that failed: what the other side makes of it is what is tested
            }
        }
    }

    private void copy(Socket from, Socket to) {
        open.add(from);
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException ended) {
            open.remove(to);
        } finally {
            open.remove(from);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
        threads.close();
    }
}
