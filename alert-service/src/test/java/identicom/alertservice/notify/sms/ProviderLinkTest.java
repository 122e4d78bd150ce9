package identicom.alertservice.notify.sms;

import static identicom.alertservice.notify.sms.SmsChannelFixture.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import identicom.embedded.smsc.Smsc;
import identicom.runtime.process.Health;
import java.time.Duration;
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
        SmsProvider provider =
                new SmsProvider(1, "acme", "127.0.0.1", smsc.port(), "acme", SmsChannelFixture.PASSWORD, "Identicom");
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
}
