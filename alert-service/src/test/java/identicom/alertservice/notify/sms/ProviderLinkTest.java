package identicom.alertservice.notify.sms;

import static identicom.alertservice.notify.sms.SmsChannelFixture.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import identicom.embedded.smsc.Smsc;
import identicom.runtime.process.Health;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import org.jsmpp.bean.AlertNotification;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.MessageReceiverListener;
import org.jsmpp.session.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProviderLinkTest {

    private final SmsChannelFixture fixture = new SmsChannelFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    /** Nothing comes in. */
    private static final class Nothing implements MessageReceiverListener {
        @Override
        public void onAcceptDeliverSm(DeliverSm deliverSm) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void onAcceptAlertNotification(AlertNotification alertNotification) {
            throw new UnsupportedOperationException();
        }

        @Override
        public DataSmResult onAcceptDataSm(DataSm dataSm, Session source) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void linkThatFailsByAnErrorBindsAgain() throws Exception {
        Smsc smsc = fixture.smsc();
        SmsProvider provider = new SmsProvider(
                1, "acme", "127.0.0.1", smsc.port(), "acme", SmsChannelFixture.PASSWORD, "Identicom", null);
        AtomicInteger sessions = new AtomicInteger();
        Health health = new Health();
        ProviderLink link =
                new ProviderLink(provider, Duration.ofSeconds(5), new Nothing(), health.register("sms", false), () -> {
                    if (sessions.incrementAndGet() == 1) {
                        throw new NoClassDefFoundError("as a test wants it");
                    }
                });
        try (link) {
            link.start();
            SOON.until(() -> link.bound() != null && sessions.get() == 2);

            assertThat(health.states().get("sms").up()).isTrue();
        }
    }

    @Test
    void refusalIsSaidThoughTheProviderClosesRightBehindIt() throws Exception {
        ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread refusing = Thread.ofVirtual().start(() -> refuseAll(listener));
        try (listener) {
            SmsProvider provider = new SmsProvider(
                    1, "acme", "127.0.0.1", listener.getLocalPort(), "acme", "wrong", "Identicom", null);
            Health health = new Health();
            try (ProviderLink link = new ProviderLink(
                    provider, Duration.ofSeconds(3), new Nothing(), health.register("sms", false), () -> {})) {
                link.start();
                SOON.until(() -> health.states().get("sms").why().startsWith("cannot bind"));

                assertThat(health.states().get("sms").why()).isEqualTo("cannot bind: refused with status 0000000e");
            }
        }
        refusing.join();
    }

    /** Answers each bind_transceiver with ESME_RINVPASWD and is gone in the same moment. */
    private static void refuseAll(ServerSocket listener) {
        try {
            while (true) {
                try (Socket socket = listener.accept()) {
                    DataInputStream in = new DataInputStream(socket.getInputStream());
                    in.skipNBytes(in.readInt() - Integer.BYTES);
                    socket.getOutputStream()
                            .write(HexFormat.of().parseHex("00000011" + "80000009" + "0000000e" + "00000001" + "00"));
                }
            }
        } catch (IOException e) {
            assertThat(listener.isClosed()).as(e.toString()).isTrue();
        }
    }
}
