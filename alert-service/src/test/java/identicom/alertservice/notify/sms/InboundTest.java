package identicom.alertservice.notify.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.extra.ProcessRequestException;
import org.junit.jupiter.api.Test;

class InboundTest {
    private static final byte INTERNATIONAL = 1;
    private static final byte NATIONAL = 2;
    private static final byte UNKNOWN = 0;

    private final Heard heard = new Heard();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Inbound inbound = new Inbound(
            "acme",
            heard,
            new PartReceipts("acme", heard, System::nanoTime),
            new SmsMeters(registry, new SmsProvider(1, "acme", "", 1, "", "", "", null), () -> true));

    private static DeliverSm message(int esmClass, int dataCoding, byte[] body, OptionalParameter... parameters) {
        DeliverSm message = new DeliverSm();
        message.setSourceAddrTon(INTERNATIONAL);
        message.setSourceAddr("447700900123");
        message.setEsmClass((byte) esmClass);
        message.setDataCoding((byte) dataCoding);
        message.setShortMessage(body);
        message.setOptionalParameters(parameters);
        return message;
    }

    private static byte[] hex(String bytes) {
        return HexFormat.of().parseHex(bytes);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private String textOf(int esmClass, int dataCoding, String bytes) throws Exception {
        inbound.onAcceptDeliverSm(message(esmClass, dataCoding, hex(bytes)));
        return heard.texts().getLast();
    }

    @Test
    void textsAreReadInTheAlphabetTheyCameIn() throws Exception {
        assertThat(textOf(0, 0, "54414b45203437313100")).isEqualTo("+447700900123 TAKE 4711@");
        assertThat(textOf(0, 1, "54414b45")).endsWith(" TAKE");
        assertThat(textOf(0, 3, "e9")).endsWith(" é");
        assertThat(textOf(0, 8, "d83dde00")).endsWith(" 😀");
        assertThat(textOf(0, 0xf1, "05")).endsWith(" é");
        assertThat(textOf(0, 0x19, "00e9")).endsWith(" é");
    }

    @Test
    void aUserDataHeaderIsLeftOut() throws Exception {
        assertThat(textOf(0x40, 0, "0500030a020154414b45")).endsWith(" TAKE");
        assertThat(textOf(0x40, 8, "060804000a02020416")).endsWith(" Ж");
    }

    @Test
    void aHeaderLongerThanTheMessageAndBinaryDataAreIgnored() throws Exception {
        inbound.onAcceptDeliverSm(message(0x40, 0, hex("ff0102")));
        inbound.onAcceptDeliverSm(message(0x40, 0, hex("")));
        inbound.onAcceptDeliverSm(message(0, 4, hex("0102")));

        assertThat(heard.texts()).isEmpty();
        assertThat(registry.get("identicom.sms.replies")
                        .tag("outcome", "ignored")
                        .counter()
                        .count())
                .isEqualTo(3);
    }

    @Test
    void aTextMayStandInMessagePayload() throws Exception {
        inbound.onAcceptDeliverSm(
                message(0, 0, new byte[0], new OptionalParameter.Message_payload(ascii("TAKE 4711"))));

        assertThat(heard.texts()).containsExactly("+447700900123 TAKE 4711");
    }

    @Test
    void onlyAnInternationalNumberGetsAPlus() {
        assertThat(PhoneNumbers.sender(INTERNATIONAL, "447700900123")).isEqualTo("+447700900123");
        assertThat(PhoneNumbers.sender(INTERNATIONAL, "+447700900123")).isEqualTo("+447700900123");
        assertThat(PhoneNumbers.sender(UNKNOWN, "447700900123")).isEqualTo("+447700900123");
        assertThat(PhoneNumbers.sender(UNKNOWN, "00447700900123")).isEqualTo("+447700900123");
        assertThat(PhoneNumbers.sender(UNKNOWN, "07700900123")).isEqualTo("07700900123");
        assertThat(PhoneNumbers.sender(NATIONAL, "7700900123")).isEqualTo("7700900123");
        assertThat(PhoneNumbers.sender((byte) 5, "Acme")).isEqualTo("Acme");
    }

    @Test
    void aReceiptIsReadFromItsTextOrItsParameters() throws Exception {
        inbound.onAcceptDeliverSm(
                message(
                        4,
                        0,
                        ascii(
                                "id:4f-1 sub:001 dlvrd:001 submit date:2611211200 done date:2611211201 stat:DELIVRD err:000 text:")));
        inbound.onAcceptDeliverSm(message(4, 0, ascii("ID: 77 Stat:UNDELIV Err:0a9")));
        inbound.onAcceptDeliverSm(message(
                4,
                0,
                ascii("id:other stat:UNDELIV"),
                new OptionalParameter.Receipted_message_id("99"),
                new OptionalParameter.Message_state((byte) 2)));
        inbound.onAcceptDeliverSm(message(4, 0, ascii("id:5 stat:ACCEPTD")));
        inbound.onAcceptDeliverSm(message(4, 0, ascii("hello")));
        inbound.onAcceptDeliverSm(message(0x20, 0, ascii("id:6 stat:DELIVRD")));

        assertThat(heard.receipts())
                .containsExactly("acme 4f-1 true DELIVRD 000", "acme 77 false UNDELIV 0a9", "acme 99 true DELIVRD");
        assertThat(heard.texts()).isEmpty();
    }

    @Test
    void whatCannotBeDealtWithIsToBeSentAgain() {
        heard.fail(true);

        assertThatThrownBy(() -> inbound.onAcceptDeliverSm(message(0, 0, ascii("TAKE 4711"))))
                .isInstanceOfSatisfying(
                        ProcessRequestException.class,
                        e -> assertThat(e.getErrorCode()).isEqualTo(SMPPConstant.STAT_ESME_RX_T_APPN));
    }
}
