package identicom.alertservice.notify.sms;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jsmpp.session.connection.Connection;
import org.jsmpp.session.connection.ConnectionFactory;
import org.jsmpp.session.connection.socket.SocketConnection;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections within a time limit, with TLS where the provider has it: then the certificate has to be of an authority that is
 * believed, and for the very host that was dialled. One at a time; {@link #close} ends the newest one from any thread.
 */
final class Dialler implements ConnectionFactory, AutoCloseable {
    private final int limitMs;
    private final @Nullable SSLSocketFactory tls;
    private @Nullable Socket newest;
    private boolean closed;

    /** @param tls null: plain */
    Dialler(Duration limit, @Nullable SSLSocketFactory tls) {
        this.limitMs = Math.toIntExact(limit.toMillis());
        this.tls = tls;
    }

    @Override
    public Connection createConnection(String host, int port) throws IOException {
        Socket socket = new Socket();
        try {
            keep(socket);
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            socket.connect(new InetSocketAddress(host, port), limitMs);
            return new SocketConnection(tls == null ? socket : secured(socket, host, port, tls));
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** Java's TLS checks a certificate's host only where it is told to. */
    private Socket secured(Socket socket, String host, int port, SSLSocketFactory factory) throws IOException {
        SSLSocket secured = (SSLSocket) factory.createSocket(socket, host, port, true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.setSoTimeout(limitMs);
        secured.startHandshake();
        secured.setSoTimeout(0);
        return secured;
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
