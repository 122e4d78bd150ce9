package identicom.alertservice;

import static identicom.alertservice.Events.MAN_DOWN;
import static identicom.alertservice.Events.NOON;
import static identicom.alertservice.Events.critical;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.junit5.GreenMailExtension;
import com.icegreen.greenmail.util.ServerSetup;
import com.icegreen.greenmail.util.ServerSetupTest;
import identicom.alertservice.notify.HookServer;
import identicom.alertservice.notify.sms.SmsChannel;
import identicom.embedded.smsc.Smsc;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** From a raised alert to a phone and back: a real database, two real SMSCs, a real mail server, real HTTP. */
class PhonesAreToldTest extends EscalationFixture {
    @RegisterExtension
    static final GreenMailExtension MAIL = new GreenMailExtension(new ServerSetup[] {patient()});

    private static ServerSetup patient() {
        ServerSetup setup = ServerSetupTest.SMTP.dynamicPort();
        setup.setServerStartupTimeout(30_000);
        return setup;
    }

    private Smsc first;
    private Smsc second;

    @BeforeEach
    void listen() throws Exception {
        first = Smsc.start(Smsc.Options.withPassword(SMSC_PASSWORD));
        second = Smsc.start(Smsc.Options.withPassword(SMSC_PASSWORD));
    }

    @AfterEach
    void hangUp() {
        first.close();
        second.close();
    }

    @Test
    void theTextTheReceiptAndTheAnswerGoTheirWayThoughTheFirstProviderHangs() throws Exception {
        first.faults().hangOnSubmit(true);
        tells("+447700900123", sms(first, second));
        store(critical("MAN-1", 1, MAN_DOWN, NOON));
        SOON.until(() -> outbox().equals(List.of("sms +447700900123 1 delivered")));
        String number = only().reference().substring(1);
        assertThat(second.messages())
                .singleElement()
                .satisfies(message -> assertThat(message.text()).contains("TAKE " + number));
        assertThat(get("notifications").at("/items/0/provider").asText()).isEqualTo("acme2");

        second.receive("447700900999", "TAKE " + number);
        second.receive("447700900123", "TAKE " + number);
        SOON.until(() -> only().state().equals("acknowledged"));
        assertThat(only().acknowledgedBy()).isEqualTo("sms:+447700900123");
        assertThat(history()).startsWith("raised", "notified", "delivered", "acknowledged");
    }

    @Test
    void whileTheFirstProviderHangsMailAndWebhookDoNotWaitForTheTextThatTheSecondGets() throws Exception {
        first.faults().hangOnSubmit(true);
        try (HookServer hooks = new HookServer().answering(500)) {
            start(
                    Map.of(
                            "mail.host",
                            "127.0.0.1",
                            "mail.port",
                            Integer.toString(MAIL.getSmtp().getPort())),
                    sms(Map.of("sms.timeout", "10s"), first, second));
            SOON.until(() -> first.bound() == 1 && second.bound() == 1);
            levelOne(
                    target("sms", "+447700900123"),
                    target("mail", "duty@example.org"),
                    target("webhook", hooks.url("/alarm")));
            store(critical("MAN-1", 1, MAN_DOWN, NOON));

            SOON.until(() ->
                    MAIL.getReceivedMessages().length == 1 && !hooks.hooks().isEmpty());
            assertThat(second.messages()).as("the first is still waited for").isEmpty();
            SOON.until(() -> hooks.hooks().size() >= 2);
            SOON.until(() -> !second.messages().isEmpty());
            assertThat(hooks.hooks().stream()
                            .map(hook -> hook.header("Idempotency-key"))
                            .distinct())
                    .hasSize(1);
            SOON.until(() -> outbox().stream()
                    .sorted()
                    .toList()
                    .equals(List.of(
                            "mail duty@example.org 1 sent",
                            "sms +447700900123 1 delivered",
                            "webhook " + hooks.url("/alarm") + " 1 sent")));
            assertThat(first.messages()).isEmpty();
        }
    }

    @Test
    void whoTakesTheAlertWhileTheFirstProviderHangsSparesTheSecondOne() throws Exception {
        first.faults().hangOnSubmit(true);
        tells("+447700900123", sms(Map.of("sms.timeout", "10s"), first, second));
        store(critical("MAN-1", 1, MAN_DOWN, NOON));
        SOON.until(() -> first.faults().hanging() == 1);
        actions.acknowledge(only().id(), ANN);

        SOON.until(() -> outbox().equals(List.of("sms +447700900123 1 stopped")));
        assertThat(second.messages()).isEmpty();
    }

    private void tells(String phone, SmsChannel channel) throws Exception {
        start(Map.of(), channel);
        SOON.until(() -> first.bound() == 1 && second.bound() == 1);
        levelOne(target("sms", phone));
    }

    private static String target(String channel, String address) {
        return "{\"channel\": \"" + channel + "\", \"address\": \"" + address + "\"}";
    }

    private void levelOne(String... targets) throws Exception {
        put(
                "escalation-policies/default",
                "{\"levels\": [{\"afterSeconds\": 0, \"targets\": [" + String.join(",", targets) + "]}]}");
    }
}
