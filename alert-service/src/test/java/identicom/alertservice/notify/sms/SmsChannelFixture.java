package identicom.alertservice.notify.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import identicom.alertservice.notify.Handed;
import identicom.alertservice.notify.Message;
import identicom.embedded.smsc.PhoneMessage;
import identicom.embedded.smsc.Smsc;
import identicom.runtime.config.Configuration;
import identicom.runtime.process.Health;
import identicom.runtime.process.Metrics;
import identicom.runtime.process.Stack;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;
import org.awaitility.core.ConditionFactory;

/** A channel and its SMSCs, on real sockets. */
final class SmsChannelFixture implements AutoCloseable {
    static final String PASSWORD = "s3cret-8";
    static final String PHONE = "+447700900123";

    /** For what happens at once on a machine that has nothing else to do. */
    static final ConditionFactory SOON = await().atMost(60, TimeUnit.SECONDS);

    /** The longest that a provider can be given. */
    static final Duration PATIENT = Duration.ofSeconds(10);

    final Heard heard = new Heard();
    final Health health = new Health();
    final Metrics metrics;
    private final Stack running = new Stack();
    private final Map<String, String> configuration = new HashMap<>();

    SmsChannelFixture() {
        metrics = running.add("metrics", new Metrics());
    }

    Smsc smsc() throws IOException {
        return smsc(0);
    }

    Smsc smsc(int port) throws IOException {
        return running.add(
                "smsc",
                Smsc.start(Smsc.Options.withPassword(PASSWORD).withPort(port).withReceiptAfter(Duration.ofMillis(50))));
    }

    SmsChannelFixture provider(int number, int port) {
        configuration.put("sms." + number + ".host", "127.0.0.1");
        configuration.put("sms." + number + ".port", Integer.toString(port));
        configuration.put("sms." + number + ".system-id", number == 1 ? "acme" : "other");
        configuration.put("sms." + number + ".password", PASSWORD);
        configuration.put("sms." + number + ".source", "Identicom");
        return this;
    }

    SmsChannelFixture patient() {
        return with("sms.timeout", PATIENT.toSeconds() + "s");
    }

    SmsChannelFixture with(String key, String value) {
        configuration.put(key, value);
        return this;
    }

    SmsChannel start() {
        return start(SmsSettings.from(Configuration.of(configuration, SmsSettings.KEYS)));
    }

    SmsChannel startLeavingOutFor(Duration span) {
        SmsSettings settings = SmsSettings.from(Configuration.of(configuration, SmsSettings.KEYS));
        return start(new SmsSettings(settings.providers(), settings.timeout(), span));
    }

    /** As configured, but for the first provider's TLS. */
    SmsChannel startBy(SSLSocketFactory tls) {
        SmsSettings settings = SmsSettings.from(Configuration.of(configuration, SmsSettings.KEYS));
        SmsProvider first = settings.providers().getFirst();
        SmsProvider secured = new SmsProvider(
                first.number(),
                first.name(),
                first.host(),
                first.port(),
                first.systemId(),
                first.password(),
                first.source(),
                tls);
        return start(new SmsSettings(List.of(secured), settings.timeout(), settings.leftOutFor()));
    }

    private SmsChannel start(SmsSettings settings) {
        SmsChannel channel = running.add("channel", new SmsChannel(settings, heard, health, metrics));
        channel.start();
        return channel;
    }

    static Handed send(SmsChannel channel, String text) throws InterruptedException {
        return send(channel, PHONE, text);
    }

    static Handed send(SmsChannel channel, String address, String text) throws InterruptedException {
        return channel.send(new Message(UUID.randomUUID(), UUID.randomUUID(), address, "", text, "{}"));
    }

    /** Whether the provider took it, and how long that took. */
    static Duration sentBy(String provider, SmsChannel channel, String text) throws InterruptedException {
        long start = System.nanoTime();
        Handed handed = send(channel, text);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertThat(handed)
                .isInstanceOfSatisfying(
                        Handed.Accepted.class,
                        accepted -> assertThat(accepted.provider()).isEqualTo(provider));
        return took;
    }

    static List<String> texts(Smsc smsc) {
        return smsc.messages().stream().map(PhoneMessage::text).toList();
    }

    static void awaitBound(Smsc... smscs) {
        for (Smsc smsc : smscs) {
            SOON.until(() -> smsc.bound() == 1);
        }
    }

    @Override
    public void close() {
        running.close();
    }
}
