package identicom.alertservice.notify.sms;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import org.jsmpp.session.connection.Connection;
import org.jsmpp.session.connection.ConnectionFactory;
import org.jsmpp.session.connection.socket.SocketConnection;
import org.jspecify.annotations.Nullable;

/** Opens connections within a time limit. One at a time; {@link #close} ends the newest one from any thread. */
final class Dialler implements ConnectionFactory, AutoCloseable {
    private final int limitMs;
    private @Nullable Socket newest;
    private boolean closed;

    Dialler(Duration limit) {
        this.limitMs = Math.toIntExact(limit.toMillis());
    }

    @Override
    public Connection createConnection(String host, int port) throws IOException {
        Socket socket = new Socket();
        try {
            keep(socket);
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            socket.connect(new InetSocketAddress(host, port), limitMs);
            return new SocketConnection(socket);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private synchronized void keep(Socket socket) throws IOException {
        if (closed) {
            throw new IOException("stopping");
        }
        newest = socket;
    }

    @Override
    public synchronized void close() {
        closed = true;
        Socket socket = newest;
        if (socket == null) {
            return;
        }
        try {
            socket.close();
        } catch (IOException e) {
            org.slf4j.LoggerFactory.getLogger(Dialler.class).debug("a connection did not close", e);
        }
    }
}
