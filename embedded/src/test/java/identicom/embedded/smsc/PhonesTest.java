package identicom.embedded.smsc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PhonesTest {
    private final Phones phones = new Phones(3);

    private static PhoneMessage.Part part(int coding, boolean header, String hex) {
        return new PhoneMessage.Part("id", coding, header, HexFormat.of().parseHex(hex));
    }

    private void arrives(int coding, boolean header, String hex) {
        phones.part("Us", "44", part(coding, header, hex));
    }

    @Test
    void partsMakeOneTextInTheirOrder() {
        arrives(0, true, "050003070202" + "1b65");
        assertThat(phones.messages()).isEmpty();
        arrives(0, true, "050003080201" + "41");
        arrives(0, true, "050003070201" + "00");

        assertThat(phones.messages()).extracting(PhoneMessage::text).containsExactly("@€");
        assertThat(phones.messages().getFirst().parts()).hasSize(2);
    }

    @Test
    void theNewestAreKept() {
        arrives(0, false, "41");
        arrives(8, false, "0416");
        arrives(0, false, "43");
        arrives(3, false, "e9");

        assertThat(phones.messages()).extracting(PhoneMessage::text).containsExactly("Ж", "C", "é");
    }

    @Test
    void whatAPhoneTypesIsWrittenInTheDefaultAlphabetWhereItCanBe() {
        assertThat(PhoneAlphabet.writeDefault("@€Ñ")).isEqualTo(HexFormat.of().parseHex("001b655d"));
        assertThat(PhoneAlphabet.writeDefault("TAKE 4711")).isEqualTo("TAKE 4711".getBytes(StandardCharsets.US_ASCII));
        assertThat(PhoneAlphabet.writeDefault("Ж")).isNull();
    }
}
