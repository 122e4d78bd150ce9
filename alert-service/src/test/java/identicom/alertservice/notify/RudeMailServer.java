package identicom.alertservice.notify;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Takes mails as a mail server does, and then says no goodbye. */
final class RudeMailServer implements AutoCloseable {

    /** What it does when it has taken a mail and is asked to end. */
    enum Goodbye {
        SILENT,
        RESET
    }

    private final ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Goodbye goodbye;

    RudeMailServer(Goodbye goodbye) throws IOException {
        this.goodbye = goodbye;
        threads.execute(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            BufferedReader commands =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
            say(client, "220 ready");
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                switch (line) {
                    case "QUIT" -> {
                        leave(client);
                        return;
                    }
                    case "DATA" -> {
                        say(client, "354 go ahead");
                        for (String text = commands.readLine(); !text.equals("."); ) {
                            text = commands.readLine();
                        }
                        say(client, "250 taken");
                    }
                    default -> say(client, "250 fine");
                }
            }
        } catch (IOException e) {
            // The client went away.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void leave(Socket client) throws IOException, InterruptedException {
        if (goodbye == Goodbye.SILENT) {
            closed.await();
        }
        client.setSoLinger(true, 0);
    }

    private static void say(Socket to, String line) throws IOException {
        to.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        listening.close();
        threads.shutdownNow();
    }
}
