package identicom.systemtests.torture;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One connection over a {@link Line}. Thread safe. */
final class Link {
    /** When the end that was not told gives up by itself, as the keep-alive of a machine does: PostgreSQL's is set to this. */
    static final Duration FORGOTTEN = Duration.ofSeconds(12);

    private static final int PIECE = 16 * 1_024;
    private static final int FEW = 7;
    private static final Duration BETWEEN_FEW = Duration.ofMillis(5);

    private final Line line;
    private final Socket client;
    private volatile @Nullable Socket server;
    private volatile boolean over;
    private volatile boolean half;

    Link(Line line, Socket client) {
        this.line = line;
        this.client = client;
    }

    boolean isOver() {
        return over;
    }

    /** Returns when both directions have ended. */
    void run(Socket to) throws IOException {
        server = to;
        client.setTcpNoDelay(true);
        to.setTcpNoDelay(true);
        Thread back = Thread.ofVirtual().name("line " + line.name() + " back").start(() -> carry(to, client));
        carry(client, to);
        try {
            back.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void carry(Socket from, Socket to) {
        byte[] bytes = new byte[PIECE];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                line.awaitPassable(this);
                if (!half) {
                    pass(out, bytes, read);
                }
            }
            line.awaitPassable(this);
            if (!half) {
                to.shutdownOutput();
            }
        } catch (IOException broken) {
            broken();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pass(OutputStream out, byte[] bytes, int length) throws IOException, InterruptedException {
        int at = 0;
        while (at < length) {
            boolean few = line.flow() == Flow.TRICKLE;
            if (few) {
                Thread.sleep(BETWEEN_FEW);
            } else if (line.flow() == Flow.SLOW) {
                Thread.sleep(line.delay());
            }
            int piece = few ? Math.min(FEW, length - at) : length - at;
            out.write(bytes, at, piece);
            at += piece;
        }
    }

    /** One end was reset: so is the other, when that can be heard of. */
    private void broken() {
        try {
            line.awaitPassable(this);
            if (!half) {
                cut(true);
            }
        } catch (IOException alreadyOver) {
            // nothing is left
        }
    }

    void cut(boolean reset) {
        over = true;
        end(client, reset);
        Socket dialled = server;
        if (dialled != null) {
            end(dialled, reset);
        }
        line.ended(this);
    }

    void lose(End gone) {
        Socket dialled = server;
        if (dialled == null) {
            cut(true);
            return;
        }
        half = true;
        end(gone == End.CLIENT ? client : dialled, true);
        Thread.ofVirtual().name("line " + line.name() + " forgotten").start(() -> {
            try {
                Thread.sleep(FORGOTTEN);
                cut(true);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static void end(Socket socket, boolean reset) {
        if (reset) {
            reset(socket);
        } else {
            try {
                socket.close();
            } catch (IOException closedAlready) {
                // as wanted
            }
        }
    }

    static void reset(Socket socket) {
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException closedAlready) {
            // as wanted
        }
    }
}
