package identicom.alertservice.notify;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on the loopback that speaks in lines, as SMTP does: one thread a client. */
abstract class LineServer implements AutoCloseable {

    private final ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    LineServer() throws IOException {}

    final void start() {
        threads.execute(this::accept);
    }

    final int port() {
        return listening.getLocalPort();
    }

    /** Speaks with one client; a client that goes away ends it. */
    abstract void serve(Socket client, BufferedReader commands) throws IOException, InterruptedException;

    final void run(Runnable work) {
        threads.execute(work);
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                threads.execute(() -> greet(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void greet(Socket client) {
        try (client) {
            serve(client, lines(client));
        } catch (IOException e) {
            // The client went away, as one does that does not trust the certificate.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static BufferedReader lines(Socket from) throws IOException {
        return new BufferedReader(new InputStreamReader(from.getInputStream(), StandardCharsets.US_ASCII));
    }

    static void say(Socket to, String line) throws IOException {
        to.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        listening.close();
        threads.shutdownNow();
    }
}
