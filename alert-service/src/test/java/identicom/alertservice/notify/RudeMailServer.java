package identicom.alertservice.notify;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;

/** Takes mails as a mail server does, and then says no goodbye. */
final class RudeMailServer extends LineServer {

    /** What it does when it has taken a mail and is asked to end. */
    enum Goodbye {
        SILENT,
        RESET
    }

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Goodbye goodbye;

    RudeMailServer(Goodbye goodbye) throws IOException {
        this.goodbye = goodbye;
        start();
    }

    @Override
    void serve(Socket client, BufferedReader commands) throws IOException, InterruptedException {
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
    }

    private void leave(Socket client) throws IOException, InterruptedException {
        if (goodbye == Goodbye.SILENT) {
            closed.await();
        }
        client.setSoLinger(true, 0);
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        super.close();
    }
}
