package identicom.alertservice;

import static identicom.alertservice.Events.MAN_DOWN;
import static identicom.alertservice.Events.NOON;
import static identicom.alertservice.Events.critical;
import static org.assertj.core.api.Assertions.assertThat;

import identicom.alertservice.notify.PhoneReplies;
import identicom.alertservice.notify.sms.SmsChannel;
import identicom.alertservice.notify.sms.SmsSettings;
import identicom.embedded.smsc.Smsc;
import identicom.runtime.config.Configuration;
import identicom.runtime.process.Health;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a raised alert to a phone and back: a real database, two real SMSCs. */
class PhonesAreToldTest extends EscalationFixture {
    private static final String PASSWORD = "s3cret";

    private Smsc first;
    private Smsc second;

    @BeforeEach
    void listen() throws Exception {
        first = Smsc.start(Smsc.Options.withPassword(PASSWORD));
        second = Smsc.start(Smsc.Options.withPassword(PASSWORD));
    }

    @AfterEach
    void hangUp() {
        first.close();
        second.close();
    }

    private SmsChannel channel() {
        Configuration configuration = Configuration.of(
                Map.of(
                        "sms.1.host",
                        first.host(),
                        "sms.1.port",
                        Integer.toString(first.port()),
                        "sms.1.system-id",
                        "acme",
                        "sms.1.password",
                        PASSWORD,
                        "sms.2.host",
                        second.host(),
                        "sms.2.port",
                        Integer.toString(second.port()),
                        "sms.2.system-id",
                        "other",
                        "sms.2.password",
                        PASSWORD),
                SmsSettings.KEYS);
        return new SmsChannel(SmsSettings.from(configuration), new Later(), new Health(), metrics);
    }

    /** The replies are there only once the channel is. */
    private final class Later implements PhoneReplies {
        @Override
        public void receipt(String provider, String messageId, boolean delivered, String detail) {
            replies.receipt(provider, messageId, delivered, detail);
        }

        @Override
        public void received(String from, String text) {
            replies.received(from, text);
        }
    }

    @Test
    void theTextTheReceiptAndTheAnswerGoTheirWayThoughTheFirstProviderHangs() throws Exception {
        first.faults().hangOnSubmit(true);
        tells("+447700900123", channel());
        store(critical("MAN-1", 1, MAN_DOWN, NOON));
        SOON.until(() -> outbox().equals(List.of("sms +447700900123 1 delivered")));
        String number = only().reference().substring(1);
        assertThat(second.messages())
                .singleElement()
                .satisfies(message -> assertThat(message.text()).contains("TAKE " + number));
        assertThat(get("notifications").at("/items/0/provider").asText()).isEqualTo("other");

        second.receive("447700900999", "TAKE " + number);
        second.receive("447700900123", "TAKE " + number);
        SOON.until(() -> only().state().equals("acknowledged"));
        assertThat(only().acknowledgedBy()).isEqualTo("sms:+447700900123");
        assertThat(history()).startsWith("raised", "notified", "delivered", "acknowledged");
    }

    private void tells(String phone, SmsChannel channel) throws Exception {
        start(Map.of(), channel);
        SOON.until(() -> first.bound() == 1 && second.bound() == 1);
        put(
                "escalation-policies/default",
                "{\"levels\": [{\"afterSeconds\": 0, \"targets\": [{\"channel\": \"sms\", \"address\": \"" + phone
                        + "\"}]}]}");
    }
}
