package identicom.alertservice;

import com.fasterxml.jackson.databind.JsonNode;
import identicom.alertservice.notify.Channel;
import identicom.alertservice.notify.Handed;
import identicom.alertservice.notify.Message;
import identicom.alertservice.notify.PhoneReplies;
import identicom.alertservice.notify.sms.SmsChannel;
import identicom.alertservice.notify.sms.SmsSettings;
import identicom.alertservice.store.AlertFollower;
import identicom.alertservice.store.DatabaseClock;
import identicom.alertservice.store.Incidents;
import identicom.alertservice.store.StoreFixture;
import identicom.alertservice.view.AlertView.HistoryEntry;
import identicom.embedded.smsc.Smsc;
import identicom.runtime.config.Configuration;
import identicom.runtime.http.HttpFrame;
import identicom.runtime.http.HttpSettings;
import identicom.runtime.http.Identity;
import identicom.runtime.http.Json;
import identicom.runtime.http.Role;
import identicom.runtime.process.Health;
import identicom.runtime.process.Metrics;
import identicom.runtime.process.Stack;
import identicom.schema.v1.UnitRecord;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;

/** One or more instances that tell people of alerts, over one real database, with their HTTP interface. */
abstract class EscalationFixture extends StoreFixture {

    /** A channel that answers as the test says, and remembers what it was handed. */
    static class TestChannel implements Channel {
        final List<Message> handed = new java.util.concurrent.CopyOnWriteArrayList<>();
        private final String name;
        private final Function<Message, Handed> answer;

        TestChannel(String name, Function<Message, Handed> answer) {
            this.name = name;
            this.answer = answer;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public boolean available() {
            return true;
        }

        @Override
        public Handed send(Message message) throws InterruptedException {
            handed.add(message);
            return answer.apply(message);
        }

        @Override
        public void close() {
            // Nothing is kept open.
        }
    }

    final Metrics metrics = new Metrics();
    final WearerDirectory wearers = new WearerDirectory();
    volatile boolean screenLive = true;
    volatile PhoneReplies replies;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Stack running = new Stack();
    private HttpFrame frame;

    static final String SMSC_PASSWORD = "s3cret";

    /** The answers are there only once the channel is. */
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

    /** Texts by these, the first that can. Providers are called {@code acme1} and so on. */
    SmsChannel sms(Smsc... providers) {
        return sms(Map.of(), providers);
    }

    SmsChannel sms(Map<String, String> more, Smsc... providers) {
        Map<String, String> settings = new HashMap<>(more);
        for (int i = 1; i <= providers.length; i++) {
            settings.put("sms." + i + ".host", providers[i - 1].host());
            settings.put("sms." + i + ".port", Integer.toString(providers[i - 1].port()));
            settings.put("sms." + i + ".system-id", "acme" + i);
            settings.put("sms." + i + ".password", SMSC_PASSWORD);
        }
        Configuration configuration = Configuration.of(settings, SmsSettings.KEYS);
        return new SmsChannel(SmsSettings.from(configuration), new Later(), new Health(), metrics);
    }

    @Override
    protected List<AlertFollower> followers() {
        return List.of(Escalations.follower(wearers));
    }

    @AfterEach
    void stop() {
        running.close();
    }

    private static Configuration configuration(Map<String, String> more) {
        List<identicom.runtime.config.Key<?>> keys = new ArrayList<>(Escalations.KEYS);
        keys.addAll(HttpSettings.KEYS);
        Map<String, String> settings = new HashMap<>(
                Map.of("http.port", "0", "webhook.secret", "key", "webhook.allow", "127.0.0.0/8", "mail.tls", "none"));
        settings.putAll(more);
        return Configuration.of(settings, keys);
    }

    /** Nothing of it is started. */
    Escalations build(Map<String, String> more, Channel... others) {
        DatabaseClock clock = new DatabaseClock(() -> clockOffset);
        return new Escalations(
                configuration(more),
                metrics,
                new Escalations.Parts(
                        transactions,
                        clock,
                        list,
                        actions,
                        new Incidents(changes, clock)::tell,
                        tx -> screenLive,
                        wearers,
                        () -> false,
                        () -> {}),
                took -> {
                    replies = took;
                    return List.of(others);
                });
    }

    Escalations start(Map<String, String> more, Channel... others) {
        Escalations escalations = build(more, others);
        if (frame == null) {
            frame = new HttpFrame(
                    HttpSettings.from(configuration(more)),
                    List.of(escalations.api()),
                    token -> Optional.of(new Identity(token, Role.of(token).orElseThrow(), "token-of-" + token)),
                    new Health(),
                    metrics);
            frame.start();
            running.add("http", frame);
        }
        escalations.start();
        running.add("escalations", escalations);
        return escalations;
    }

    void unit(String serial, String wearer, String phone, String site) {
        UnitRecord unit = UnitRecord.newBuilder()
                .setSerial(serial)
                .setWearer(wearer)
                .setPhone(phone)
                .setSite(site)
                .setVersion(1)
                .build();
        wearers.apply(new ConsumerRecord<>("units", 0, 0, serial.getBytes(StandardCharsets.UTF_8), unit.toByteArray()));
    }

    HttpResponse<String> ask(String role, String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + frame.port() + "/api/v1/" + path))
                .header("Authorization", "Bearer " + role)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    JsonNode put(String path, String body) throws Exception {
        HttpResponse<String> response = ask("administrator", "PUT", path, body);
        if (response.statusCode() != 200) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        return Json.mapper().readTree(response.body());
    }

    JsonNode get(String path) throws Exception {
        HttpResponse<String> response = ask("operator", "GET", path, "");
        if (response.statusCode() != 200) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        return Json.mapper().readTree(response.body());
    }

    List<String> history() throws SQLException {
        return only().history().stream().map(HistoryEntry::what).toList();
    }

    /** Whatever was to be told has been told, and it is written down. */
    void awaitAllTold() {
        SOON.until(() ->
                database.number("select count(*) from alerts.notification where state in ('queued', 'sending')") == 0);
    }

    /** The notifications, oldest first, as channel, address, level and state. */
    List<String> outbox() throws SQLException {
        return database.column("""
                select channel || ' ' || address || ' ' || level || ' ' || state from alerts.notification
                 order by ordinal""");
    }
}
