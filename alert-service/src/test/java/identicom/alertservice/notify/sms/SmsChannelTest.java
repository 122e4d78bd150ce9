package identicom.alertservice.notify.sms;

import static identicom.alertservice.notify.sms.SmsChannelFixture.PHONE;
import static identicom.alertservice.notify.sms.SmsChannelFixture.SOON;
import static identicom.alertservice.notify.sms.SmsChannelFixture.awaitBound;
import static identicom.alertservice.notify.sms.SmsChannelFixture.send;
import static identicom.alertservice.notify.sms.SmsChannelFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;

import identicom.alertservice.notify.Handed;
import identicom.embedded.smsc.PhoneMessage;
import identicom.embedded.smsc.Smsc;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.jsmpp.SMPPConstant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One provider, over a real socket: what is sent arrives, what comes back is passed on. */
class SmsChannelTest {
    private static final String FROM_PHONE = "447700900123";

    private final SmsChannelFixture fixture = new SmsChannelFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private SmsChannel bound(Smsc smsc) {
        SmsChannel channel = fixture.patient().provider(1, smsc.port()).start();
        awaitBound(smsc);
        return channel;
    }

    private static String id(Handed handed) {
        assertThat(handed).isInstanceOf(Handed.Accepted.class);
        return String.valueOf(((Handed.Accepted) handed).messageId());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MAN DOWN Ann Bell, Dock 4 {gate} €20 https://maps.example/?q=51.5,-0.1",
                "Zażółć gęślą jaźń — 紧急 😀",
                "",
            })
    void aShortTextArrivesAsItWas(String text) throws Exception {
        Smsc smsc = fixture.smsc();
        SmsChannel channel = bound(smsc);

        String id = id(send(channel, text));

        PhoneMessage message = smsc.messages().getLast();
        assertThat(message.text()).isEqualTo(text);
        assertThat(message.from()).isEqualTo("Identicom");
        assertThat(message.to()).isEqualTo(FROM_PHONE);
        assertThat(message.parts()).singleElement().satisfies(part -> {
            assertThat(part.id()).isEqualTo(id);
            assertThat(part.header()).isFalse();
        });
    }

    @Test
    void everyByteOfAShortTextIsWhatTheStandardSays() throws Exception {
        Smsc smsc = fixture.smsc();
        SmsChannel channel = bound(smsc);
        send(channel, "@€Ñ");
        send(channel, "Ж😀");

        List<PhoneMessage.Part> parts = smsc.messages().stream()
                .map(message -> message.parts().getFirst())
                .toList();
        assertThat(parts).extracting(PhoneMessage.Part::dataCoding).containsExactly(0, 8);
        assertThat(parts)
                .extracting(part -> HexFormat.of().formatHex(part.bytes()))
                .containsExactly("001b655d", "0416d83dde00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAN DOWN at [gate] €5 ", "Человек упал 😀 "})
    void aLongTextArrivesInPartsAndIsDeliveredOnce(String piece) throws Exception {
        Smsc smsc = fixture.smsc();
        SmsChannel channel = bound(smsc);
        String text = piece.repeat(20);

        String id = id(send(channel, text));

        PhoneMessage message = smsc.messages().getLast();
        assertThat(message.text()).isEqualTo(text);
        assertThat(message.parts()).hasSizeGreaterThan(2).allMatch(PhoneMessage.Part::header);
        assertThat(message.parts().getLast().id()).isEqualTo(id);
        SOON.untilAsserted(() -> assertThat(fixture.heard.receipts()).contains("acme " + id + " true DELIVRD 000"));
    }

    @Test
    void aReceiptSaysWhatBecameOfIt() throws Exception {
        Smsc smsc = fixture.smsc();
        SmsChannel channel = bound(smsc);
        String reached = id(send(channel, "one"));
        SOON.untilAsserted(
                () -> assertThat(fixture.heard.receipts()).containsExactly("acme " + reached + " true DELIVRD 000"));
        smsc.faults().undeliverable(true);
        smsc.faults().receiptsWithoutText(true);
        String lost = id(send(channel, "two"));

        SOON.untilAsserted(
                () -> assertThat(fixture.heard.receipts()).last().isEqualTo("acme " + lost + " false UNDELIV"));
        assertThat(fixture.metrics.scrape())
                .contains("identicom_sms_messages_total{outcome=\"accepted\",provider=\"1\"} 2.0")
                .contains("identicom_sms_replies_total{outcome=\"undelivered\",provider=\"1\"} 1.0");
    }

    @Test
    void whatAPhoneWritesIsPassedOn() throws Exception {
        Smsc smsc = fixture.smsc();
        fixture.provider(1, smsc.port()).start();
        smsc.receive(FROM_PHONE, "TAKE 4711");
        smsc.receive(FROM_PHONE, "Ж 4711");
        smsc.receive(FROM_PHONE, 0x40, 0, HexFormat.of().parseHex("0500030a020154414b45"));

        SOON.untilAsserted(() -> assertThat(fixture.heard.texts())
                .containsExactlyInAnyOrder(PHONE + " TAKE 4711", PHONE + " Ж 4711", PHONE + " TAKE"));
    }

    @Test
    void whatCouldNotBeDealtWithComesAgain() throws Exception {
        Smsc smsc = fixture.smsc();
        fixture.provider(1, smsc.port()).start();
        fixture.heard.fail(true);
        smsc.receive(FROM_PHONE, "TAKE 4711");
        SOON.until(() -> fixture.heard.failures() >= 2);
        assertThat(fixture.heard.texts()).isEmpty();
        fixture.heard.fail(false);

        SOON.untilAsserted(() -> assertThat(fixture.heard.texts()).containsExactly(PHONE + " TAKE 4711"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"07700900123", "447700900123", "+0447700900123", "+44 7700 900123", "+1234567890123456", ""})
    void aNumberThatIsNotInternationalIsNeverSent(String address) throws Exception {
        Smsc smsc = fixture.smsc();
        SmsChannel channel = bound(smsc);

        assertThat(send(channel, address, "x"))
                .isInstanceOfSatisfying(
                        Handed.Never.class, never -> assertThat(never.why()).contains("international"));
        assertThat(smsc.messages()).isEmpty();
    }

    @Test
    void aNumberThatTheProviderDoesNotTakeIsNeverSentAgain() throws Exception {
        Smsc smsc = fixture.smsc();
        SmsChannel channel = bound(smsc);
        smsc.faults().refuse(SMPPConstant.STAT_ESME_RINVDSTADR);

        assertThat(send(channel, "x"))
                .isInstanceOfSatisfying(
                        Handed.Never.class,
                        never -> assertThat(never.why()).contains("acme").contains("0x0000000b"));
    }

    @Test
    void aProviderThatComesBackIsBoundAgain() throws Exception {
        Smsc first = fixture.smsc();
        SmsChannel channel = bound(first);
        first.close();
        Smsc again = fixture.smsc(first.port());
        awaitBound(again);
        send(channel, "after the restart");

        assertThat(texts(again)).containsExactly("after the restart");
        again.receive(FROM_PHONE, "TAKE 1");
        SOON.untilAsserted(() -> assertThat(fixture.heard.texts()).containsExactly(PHONE + " TAKE 1"));
        assertThat(fixture.metrics.scrape()).contains("identicom_sms_binds_total{provider=\"1\"} 2.0");
    }

    @Test
    void aWrongPasswordIsSaidWithoutSayingIt() throws Exception {
        Smsc smsc = fixture.smsc();
        SmsChannel channel = fixture.provider(1, smsc.port())
                .with("sms.1.password", "wr0ng-pw")
                .with("sms.timeout", "3s")
                .start();

        assertThat(send(channel, "x"))
                .isInstanceOfSatisfying(
                        Handed.Later.class, later -> assertThat(later.why()).isEqualTo("acme is not connected"));
        SOON.untilAsserted(() -> assertThat(fixture.health.states().get("sms 1").why())
                .contains("0000000e")
                .doesNotContain("wr0ng-pw"));
    }

    @Test
    void withoutAProviderItIsNotAvailable() throws Exception {
        SmsChannel channel = fixture.start();

        assertThat(channel.available()).isFalse();
        assertThat(send(channel, "x")).isInstanceOf(Handed.Never.class);
    }

    @Test
    void itLeavesNoThreadBehind() throws Exception {
        Smsc smsc = fixture.smsc();
        SmsChannel channel = bound(smsc);
        long start = System.nanoTime();
        channel.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
        SOON.until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("sms-")));
        SOON.until(() -> smsc.bound() == 0);
    }
}
