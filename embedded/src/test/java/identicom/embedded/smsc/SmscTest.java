package identicom.embedded.smsc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;

class SmscTest {
    private static final int TIMES = 300;
    private static final int AT_ONCE_MS = 3_000; // less than an SMSC waits for a bind

    /** Its thread may still stand in accept, which takes a connection for as long as it does. */
    @Test
    void onceItIsClosedNobodyIsServed() throws IOException {
        for (int i = 0; i < TIMES; i++) {
            Smsc smsc = Smsc.start(Smsc.Options.withPassword("s3cret-8"));
            smsc.close();

            assertThat(isServed(smsc.port())).isFalse();
        }
    }

    /** Refused, reset or at its end: nobody is there. Neither: somebody is, and waits for a bind. */
    private static boolean isServed(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(AT_ONCE_MS);
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException somebody) {
            return true;
        } catch (SocketException nobody) {
            return false;
        }
    }
}
