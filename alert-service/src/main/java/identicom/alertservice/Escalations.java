package identicom.alertservice;

import identicom.alertservice.escalation.AlertChains;
import identicom.alertservice.escalation.Levels;
import identicom.alertservice.escalation.LiveScreens;
import identicom.alertservice.escalation.PoliciesApi;
import identicom.alertservice.notify.AlertTeller;
import identicom.alertservice.notify.Channel;
import identicom.alertservice.notify.MailChannel;
import identicom.alertservice.notify.MessageText;
import identicom.alertservice.notify.MessageText.Detail;
import identicom.alertservice.notify.NotificationsApi;
import identicom.alertservice.notify.NotifyMeters;
import identicom.alertservice.notify.Notifying;
import identicom.alertservice.notify.PhoneReplies;
import identicom.alertservice.notify.WebhookChannel;
import identicom.alertservice.store.Actions;
import identicom.alertservice.store.AlertFollower;
import identicom.alertservice.store.AlertList;
import identicom.alertservice.store.DatabaseClock;
import identicom.alertservice.store.Transactions;
import identicom.alertservice.timer.Repeating;
import identicom.runtime.config.Configuration;
import identicom.runtime.config.Key;
import identicom.runtime.http.Api;
import identicom.runtime.process.Metrics;
import identicom.runtime.process.Stack;
import java.net.URI;
import java.net.URISyntaxException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Telling people of alerts, put together: the chain of each alert, the outbox and its channels, and their interface. */
final class Escalations implements AutoCloseable {

    static final Key<Detail> DETAIL = Key.choice(
            "notify.detail",
            Detail.class,
            Detail.FULL,
            "minimal: what leaves the system names neither a wearer nor a position");

    static final Key<String> PUBLIC_URL = new Key<>(
            "public.url",
            "",
            "address of the page as people reach it, for links, such as https://alarms.example.org",
            false,
            Escalations::publicUrl);

    static final List<Key<?>> KEYS = keys();

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final Duration LOOK_FOR_MISSING_EVERY = Duration.ofSeconds(2);

    /** What of this service it works on. */
    record Parts(
            Transactions transactions,
            DatabaseClock clock,
            AlertList alerts,
            Actions actions,
            AlertTeller teller,
            LiveScreens screens,
            WearerDirectory wearers,
            BooleanSupplier databaseAway,
            Runnable committed) {}

    private final Stack running = new Stack();
    private final Notifying notifying;
    private final Levels levels;
    private final Repeating timer;
    private final Repeating missing;
    private final Runnable committed;
    private final Api api = new Api("escalation");

    /** What follows the alerts; it is there before what is told of them. */
    static AlertFollower follower(WearerDirectory wearers) {
        return new AlertChains(wearers::site);
    }

    /** @param others channels beside mail and webhooks, made with what takes their replies */
    Escalations(
            Configuration configuration, Metrics metrics, Parts parts, Function<PhoneReplies, List<Channel>> others) {
        committed = parts.committed();
        MessageText texts =
                new MessageText(configuration.get(DETAIL), configuration.get(PUBLIC_URL), parts.wearers()::phone);
        notifying = running.add(
                "notifying",
                new Notifying(
                        parts.transactions(),
                        parts.clock(),
                        parts.alerts(),
                        parts.actions(),
                        parts.teller(),
                        Levels::failed,
                        texts,
                        new NotifyMeters(metrics),
                        replies -> channels(configuration, others.apply(replies)),
                        committed));
        levels = new Levels(parts.transactions(), parts.clock(), parts.screens(), notifying.channels(), parts.teller());
        timer = new Repeating("alerts-escalation", LOOK_EVERY, this::tellDue);
        AlertChains chains = new AlertChains(parts.wearers()::site);
        missing = new Repeating(
                "alerts-escalation-missing",
                LOOK_FOR_MISSING_EVERY,
                () -> parts.transactions()
                        .run(tx -> chains.addMissing(tx, parts.clock().now(tx))));
        new PoliciesApi(parts.transactions(), parts.clock(), parts.databaseAway(), committed).bindTo(api);
        new NotificationsApi(parts.transactions(), parts.databaseAway()).bindTo(api);
    }

    private static List<Channel> channels(Configuration configuration, List<Channel> others) {
        List<Channel> channels = new ArrayList<>(others);
        channels.add(new MailChannel(configuration));
        channels.add(new WebhookChannel(configuration));
        return channels;
    }

    private static String publicUrl(String text) {
        if (text.isEmpty() || isPage(text)) {
            return text;
        }
        throw new IllegalArgumentException("an http or https address without query such as https://alarms.example.org");
    }

    private static boolean isPage(String text) {
        try {
            URI uri = new URI(text);
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            return web && uri.getHost() != null && uri.getQuery() == null && uri.getFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private void tellDue() throws SQLException {
        if (levels.tellDue() > 0) {
            notifying.wake();
            committed.run();
        }
    }

    Api api() {
        return api;
    }

    /** What must be done again and again, or nobody is told. */
    Repeating telling() {
        return timer;
    }

    void start() {
        notifying.start();
        timer.start();
        running.add("escalation", timer);
        missing.start();
        running.add("missing-chains", missing);
    }

    private static List<Key<?>> keys() {
        List<Key<?>> keys = new ArrayList<>(List.of(DETAIL, PUBLIC_URL));
        keys.addAll(MailChannel.KEYS);
        keys.addAll(WebhookChannel.KEYS);
        return List.copyOf(keys);
    }

    @Override
    public void close() {
        running.close();
    }
}
