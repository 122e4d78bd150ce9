package identicom.systemtests.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LineTest {
    private static final int SHORT_MS = 300;
    private static final int LONG_MS = 20_000;

    private final List<Socket> dialled = new ArrayList<>();
    private final List<InetAddress> connected = new CopyOnWriteArrayList<>();
    private ServerSocket target;
    private Line line;

    @BeforeEach
    void start() throws IOException {
        target = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
        line = new Line("test", InetAddress.getByName("127.0.0.1"), List.of(target.getLocalPort()), connected::add);
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : dialled) {
            socket.close();
        }
        line.close();
        target.close();
    }

    private Socket dial() throws IOException {
        Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), line.port());
        socket.setSoTimeout(LONG_MS);
        dialled.add(socket);
        return socket;
    }

    private Socket accepted() throws IOException {
        Socket socket = target.accept();
        socket.setSoTimeout(LONG_MS);
        dialled.add(socket);
        return socket;
    }

    private static void carries(Socket from, Socket to, int value) throws IOException {
        from.getOutputStream().write(value);
        assertThat(to.getInputStream().read()).isEqualTo(value);
    }

    @Test
    void whatIsSentComesOutAtBothEndsAndSoDoesAnEnd() throws IOException {
        Socket client = dial();
        Socket server = accepted();
        carries(client, server, 7);
        carries(server, client, 9);
        assertThat(connected).hasSize(1);
        client.shutdownOutput();
        assertThat(server.getInputStream().read()).isEqualTo(-1);
        carries(server, client, 3);
    }

    @Test
    void aBlackHoleTellsNobodyAndGivesBackWhatItSwallowed() throws IOException {
        Socket client = dial();
        Socket server = accepted();
        carries(client, server, 7);
        line.flow(Flow.BLACK_HOLE, Duration.ZERO);
        client.getOutputStream().write(8);
        server.setSoTimeout(SHORT_MS);
        assertThatThrownBy(() -> server.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        line.heal();
        server.setSoTimeout(LONG_MS);
        assertThat(server.getInputStream().read()).isEqualTo(8);
    }

    @Test
    void whereOneEndIsLostTheOtherNeverLearns() throws IOException {
        Socket client = dial();
        Socket server = accepted();
        carries(client, server, 7);
        line.lose(End.CLIENT);
        assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
        server.getOutputStream().write(1);
        server.setSoTimeout(SHORT_MS);
        assertThatThrownBy(() -> server.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void aResetIsAResetAndAnEndIsAnEnd() throws IOException {
        Socket reset = dial();
        carries(reset, accepted(), 7);
        line.cut(true);
        assertThatThrownBy(() -> reset.getInputStream().read()).isInstanceOf(SocketException.class);
        Socket ended = dial();
        carries(ended, accepted(), 7);
        line.cut(false);
        assertThat(ended.getInputStream().read()).isEqualTo(-1);
        await().until(() -> line.connections() == 0);
    }

    @Test
    void aSlowLineDelaysAndATricklingOneSplits() throws IOException {
        Socket client = dial();
        Socket server = accepted();
        line.flow(Flow.SLOW, Duration.ofMillis(SHORT_MS));
        long begun = System.nanoTime();
        carries(client, server, 7);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(SHORT_MS));
        line.flow(Flow.TRICKLE, Duration.ZERO);
        client.getOutputStream().write(new byte[100]);
        assertThat(server.getInputStream().read(new byte[100])).isLessThan(100);
    }

    @Test
    void whoIsRefusedIsHungUpOn() throws IOException {
        line.flow(Flow.REFUSED, Duration.ZERO);
        Socket client = dial();
        assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
        line.heal();
        carries(dial(), accepted(), 5);
    }
}
