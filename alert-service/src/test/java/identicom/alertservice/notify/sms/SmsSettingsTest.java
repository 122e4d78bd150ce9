package identicom.alertservice.notify.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import identicom.runtime.config.Configuration;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jsmpp.bean.TypeOfNumber;
import org.junit.jupiter.api.Test;

class SmsSettingsTest {

    private static SmsSettings settings(Map<String, String> more) {
        Map<String, String> values = new HashMap<>(Map.of("sms.1.host", "a.example", "sms.2.host", "b.example"));
        values.putAll(more);
        return SmsSettings.from(Configuration.of(values, SmsSettings.KEYS));
    }

    private static List<String> names(SmsSettings settings) {
        return settings.providers().stream().map(SmsProvider::name).toList();
    }

    private static SmsProvider withSource(String source) {
        return settings(Map.of("sms.1.source", source)).providers().getFirst();
    }

    @Test
    void aProviderIsSpokenToPlainlyUnlessItIsToldOtherwise() {
        assertThat(settings(Map.of("sms.2.tls", "true")).providers())
                .extracting(provider -> provider.tls() != null)
                .containsExactly(false, true);
    }

    @Test
    void aProviderGoesByItsSystemIdWhereThatTellsItFromTheOther() {
        assertThat(names(settings(Map.of("sms.1.system-id", "acme", "sms.2.system-id", "other"))))
                .containsExactly("acme", "other");
        assertThat(names(settings(Map.of("sms.1.system-id", "acme", "sms.2.system-id", "acme"))))
                .containsExactly("acme-1", "acme-2");
        assertThat(names(settings(Map.of()))).containsExactly("sms.1", "sms.2");
        assertThat(settings(Map.of()).timeout()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void theSecondMayBeTheOnlyOne() {
        assertThat(names(settings(Map.of("sms.1.host", "", "sms.2.system-id", "other"))))
                .containsExactly("other");
    }

    @Test
    void aSourceIsANumberAShortCodeOrAWord() {
        assertThat(withSource("+447700900123").sourceType()).isEqualTo(TypeOfNumber.INTERNATIONAL);
        assertThat(withSource("+447700900123").sourceAddress()).isEqualTo("447700900123");
        assertThat(withSource("66777").sourceType()).isEqualTo(TypeOfNumber.NETWORK_SPECIFIC);
        assertThat(withSource("Identicom").sourceType()).isEqualTo(TypeOfNumber.ALPHANUMERIC);
        assertThat(withSource("").sourceType()).isEqualTo(TypeOfNumber.UNKNOWN);
        assertThatThrownBy(() -> withSource("longer than eleven")).hasMessageContaining("sms.1.source");
    }

    @Test
    void whatSmppCannotCarryIsAProblemWithoutThePassword() {
        assertThatThrownBy(() -> settings(Map.of("sms.1.password", "nine-long")))
                .hasMessageContaining("sms.1.password")
                .hasMessageContaining("at most 8")
                .hasMessageNotContaining("nine-long");
        assertThatThrownBy(() -> settings(Map.of("sms.timeout", "11s"))).hasMessageContaining("100ms to 10s");
        assertThat(settings(Map.of("sms.1.password", "s3cret")).toString()).doesNotContain("s3cret");
    }
}
