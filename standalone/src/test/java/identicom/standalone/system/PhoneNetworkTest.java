package identicom.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import identicom.alertservice.notify.Handed;
import identicom.alertservice.notify.Message;
import identicom.alertservice.notify.PhoneReplies;
import identicom.alertservice.notify.sms.SmsChannel;
import identicom.alertservice.notify.sms.SmsSettings;
import identicom.embedded.smsc.PhoneMessage;
import identicom.runtime.config.Configuration;
import identicom.runtime.process.Health;
import identicom.runtime.process.Metrics;
import identicom.standalone.process.ProcessKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNetworkTest {
    private final List<String> progress = new ArrayList<>();

    private static Configuration configuration(Map<String, String> values) {
        return Configuration.of(values, ProcessKeys.all());
    }

    @Test
    void whereNoProviderIsConfiguredTextsEndInAnSmscOfOurOwn() throws Exception {
        Configuration given = configuration(Map.of("sms.timeout", "10s"));
        try (PhoneNetwork phones = PhoneNetwork.start(given, progress::add);
                Metrics metrics = new Metrics();
                SmsChannel channel = new SmsChannel(
                        SmsSettings.from(given.with(phones.settings())), new Nobody(), new Health(), metrics)) {
            channel.start();
            await().until(() -> phones.smsc().orElseThrow().bound() == 1);
            Handed handed = channel.send(
                    new Message(UUID.randomUUID(), UUID.randomUUID(), "+447700900123", "", "MAN DOWN", "{}"));

            assertThat(handed)
                    .isInstanceOfSatisfying(
                            Handed.Accepted.class,
                            accepted -> assertThat(accepted.provider()).isEqualTo("standalone"));
            assertThat(phones.smsc().orElseThrow().messages())
                    .extracting(PhoneMessage::from, PhoneMessage::text)
                    .containsExactly(tuple("Identicom", "MAN DOWN"));
            assertThat(progress)
                    .singleElement()
                    .asString()
                    .doesNotContain(phones.settings().get("sms.1.password"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sms.1.host", "sms.2.host"})
    void whereOneIsConfiguredThereIsNone(String key) throws Exception {
        try (PhoneNetwork phones = PhoneNetwork.start(configuration(Map.of(key, "smsc.example")), progress::add)) {
            assertThat(phones.smsc()).isEmpty();
            assertThat(phones.settings()).isEmpty();
        }
    }

    private record Nobody() implements PhoneReplies {
        @Override
        public void receipt(String provider, String messageId, boolean delivered, String detail) {}

        @Override
        public void received(String from, String text) {}
    }
}
