package identicom.alertservice.notify.sms;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bytes written out by hand from 3GPP TS 23.038 and 23.040. */
class TextPartsTest {

    private static final int REFERENCE = 0x1a7;

    private static String hex(TextPart part) {
        return HexFormat.of().formatHex(part.bytes());
    }

    private static TextPart only(String text) {
        List<TextPart> parts = TextParts.of(text, REFERENCE);
        assertThat(parts).hasSize(1);
        assertThat(parts.getFirst().concatenated()).isFalse();
        return parts.getFirst();
    }

    private static byte[] body(TextPart part) {
        return Arrays.copyOfRange(part.bytes(), 6, part.bytes().length);
    }

    @Test
    void theDefaultAlphabetIsUsedWhereItHasEveryCharacter() {
        assertThat(only("Hello").dataCoding()).isEqualTo((byte) 0);
        assertThat(hex(only("Hello"))).isEqualTo("48656c6c6f");
        assertThat(hex(only("@£$¥èéùìòÇ\nØø\rÅå"))).isEqualTo("000102030405060708090a0b0c0d0e0f");
        assertThat(hex(only("Δ_ΦΓΛΩΠΨΣΘΞÆæßÉ"))).isEqualTo("101112131415161718191a1c1d1e1f");
        assertThat(hex(only("¤¡ÄÖÑÜ§¿äöñüà"))).isEqualTo("24405b5c5d5e5f607b7c7d7e7f");
        assertThat(only("").bytes()).isEmpty();
    }

    @Test
    void theExtensionTableTakesTwoSeptetsEach() {
        assertThat(hex(only("€[]{}\\^~|\f"))).isEqualTo("1b651b3c1b3e1b281b291b2f1b141b3d1b401b0a");
        assertThat(only("€".repeat(80)).bytes()).hasSize(160);
        assertThat(TextParts.of("€".repeat(80) + "x", 1)).hasSize(2);
    }

    @Test
    void anythingElseMakesTheWholeTextUcs2() {
        TextPart part = only("Zażółć 😀`");

        assertThat(part.dataCoding()).isEqualTo((byte) 8);
        assertThat(hex(part)).isEqualTo("005a0061017c00f3014201070020d83dde000060");
        assertThat(hex(only("\ud83d!"))).isEqualTo("fffd0021");
    }

    @Test
    void aLongTextIsSentInNumberedParts() {
        assertThat(only("a".repeat(160)).bytes()).hasSize(160);
        List<TextPart> parts = TextParts.of("a".repeat(161), REFERENCE);

        assertThat(parts).hasSize(2).allMatch(TextPart::concatenated);
        assertThat(hex(parts.get(0))).startsWith("050003a70201" + "61");
        assertThat(hex(parts.get(1))).isEqualTo("050003a70202" + "61".repeat(8));
        assertThat(body(parts.get(0))).hasSize(153);
    }

    @Test
    void aLongUcs2TextIsCutAt67Units() {
        assertThat(only("Ж".repeat(70)).bytes()).hasSize(140);
        List<TextPart> parts = TextParts.of("Ж".repeat(71), REFERENCE);

        assertThat(parts).hasSize(2).allMatch(part -> part.dataCoding() == 8);
        assertThat(hex(parts.get(0))).isEqualTo("050003a70201" + "0416".repeat(67));
        assertThat(hex(parts.get(1))).isEqualTo("050003a70202" + "0416".repeat(4));
    }

    @Test
    void neitherAnEscapePairNorASurrogatePairIsCutInTwo() {
        List<TextPart> gsm = TextParts.of("a".repeat(152) + "€" + "b".repeat(20), REFERENCE);
        assertThat(body(gsm.get(0))).hasSize(152);
        assertThat(hex(gsm.get(1))).startsWith("050003a70202" + "1b6562");

        List<TextPart> ucs2 = TextParts.of("Ж".repeat(66) + "😀" + "Ж".repeat(20), REFERENCE);
        assertThat(body(ucs2.get(0))).hasSize(132);
        assertThat(hex(ucs2.get(1))).startsWith("050003a70202" + "d83dde000416");
    }

    @Test
    void whatIsLongerThanTenPartsEndsInDots() {
        assertThat(TextParts.of("a".repeat(1530), 1)).hasSize(10);
        List<TextPart> gsm = TextParts.of("a".repeat(1531), 1);
        assertThat(gsm).hasSize(10);
        assertThat(new String(body(gsm.getLast()), StandardCharsets.US_ASCII)).isEqualTo("a".repeat(150) + "...");

        List<TextPart> ucs2 = TextParts.of("😀".repeat(2_000), 1);
        assertThat(ucs2).hasSize(10).allMatch(part -> body(part).length <= 134);
        assertThat(new String(body(ucs2.getLast()), StandardCharsets.UTF_16BE)).endsWith("😀...");
    }

    @Test
    void everyCharacterOfTheAlphabetIsReadAsItWasWritten() {
        String all =
                "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCXYZÄÖÑÜ§¿abcxyzäöñüà\f^{}\\[~]|€";

        assertThat(GsmAlphabet.decode(only(all).bytes())).isEqualTo(all);
        assertThat(GsmAlphabet.decode(new byte[] {0x1b, 0x41, 0x1b, (byte) 0x80, 0x1b}))
                .isEqualTo("A\ufffd ");
    }
}
