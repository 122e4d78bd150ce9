package identicom.alertservice;

import static identicom.alertservice.Events.MAN_DOWN;
import static identicom.alertservice.Events.NOON;
import static identicom.alertservice.Events.critical;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import identicom.alertservice.notify.Handed;
import identicom.alertservice.notify.HookServer;
import identicom.alertservice.notify.Message;
import identicom.alertservice.notify.PhoneReplies;
import identicom.alertservice.notify.sms.SmsChannel;
import identicom.alertservice.notify.sms.SmsSettings;
import identicom.alertservice.store.AlertList;
import identicom.alertservice.store.Transactions;
import identicom.alertservice.view.AlertView.HistoryEntry;
import identicom.runtime.config.Configuration;
import identicom.runtime.process.Health;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What the outbox does when the database, an address or a whole channel is away: a real database, real HTTP. */
class OutboxTroubleTest extends EscalationFixture {

    private static final String PHONE = "{\"channel\": \"sms\", \"address\": \"+447700900123\"}";
    private static final String BOSS = "{\"channel\": \"webhook\", \"address\": \"%s\"}";

    /** Of 30 s; until then nobody hands over again what was claimed. */
    private static final Duration BEFORE_THE_LEASE_ENDS = Duration.ofSeconds(25);

    private final AtomicInteger failures = new AtomicInteger();

    private void policy(String first, String second) throws Exception {
        put(
                "escalation-policies/default",
                "{\"levels\": [{\"afterSeconds\": 0, \"targets\": [" + first + "]}, {\"afterSeconds\": 3600,"
                        + " \"targets\": [" + second + "]}]}");
    }

    /** Whoever hands over gets no connection while {@link #failures} are left. */
    private void troubledDatabase() {
        DataSource real = database.service();
        DataSource troubled = (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    boolean handing = Thread.currentThread().getName().matches("notify-sms-\\d+");
                    if (handing && failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                        throw new SQLTransientConnectionException("no connection in time");
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        transactions = new Transactions(troubled);
        list = new AlertList(transactions);
    }

    @Test
    void databaseThatIsShortlyAwayBeforeAHandOverDelaysItByLittle() throws Exception {
        troubledDatabase();
        failures.set(4);
        TestChannel phones = new TestChannel("sms", message -> new Handed.Accepted("p", null));
        start(Map.of(), phones);
        policy(PHONE, "{\"channel\": \"screen\"}");
        store(critical("MAN-1", 1, MAN_DOWN, NOON));

        SOON.atMost(BEFORE_THE_LEASE_ENDS).until(() -> phones.handed.size() == 1);
        SOON.until(() -> outbox().contains("sms +447700900123 1 sent"));
    }

    @Test
    void databaseThatIsShortlyAwayAfterAHandOverMakesNobodyBeToldTwice() throws Exception {
        troubledDatabase();
        TestChannel phones = new TestChannel("sms", message -> {
            failures.set(4);
            return new Handed.Accepted("p", null);
        });
        start(Map.of(), phones);
        policy(PHONE, "{\"channel\": \"screen\"}");
        store(critical("MAN-1", 1, MAN_DOWN, NOON));

        SOON.atMost(BEFORE_THE_LEASE_ENDS).until(() -> outbox().contains("sms +447700900123 1 sent"));
        clockOffset = Duration.ofSeconds(31);
        store(critical("MAN-2", 1, MAN_DOWN, NOON));
        SOON.until(() -> Collections.frequency(outbox(), "sms +447700900123 1 sent") == 2);
        assertThat(phones.handed).extracting(Message::alertId).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void oneDeadAddressDoesNotStarveTheOthersOfItsChannel() throws Exception {
        try (HookServer dead = new HookServer().hanging();
                HookServer alive = new HookServer()) {
            start(Map.of());
            store(critical("MAN-1", 1, MAN_DOWN, NOON));
            database.execute("""
                    insert into alerts.notification (id, alert_id, level, round, channel, address, state, due_at, created_at)
                    select gen_random_uuid(), id, 1, 100, 'webhook', case when n = 61 then '%s' else '%s' || n end, 'queued',
                           now() - make_interval(secs => 100 - n), now()
                      from alerts.alert, generate_series(1, 61) as n""".formatted(alive.url("/alarm"), dead.url("/")));

            SOON.until(() -> alive.hooks().size() == 1);
            assertThat(database.number("select count(*) from alerts.notification where error is not null"))
                    .as("dead ones have been given up")
                    .isZero();
            assertThat(database.number("select count(*) from alerts.notification where address like '%s%%'"
                                    .formatted(dead.url("/"))
                            + " and state = 'sending'"))
                    .isBetween(1L, 4L);
        }
    }

    @Test
    void levelThatIsOutOfReachForNowFallsThroughAtItsSecondTryAndIsTriedOn() throws Exception {
        try (HookServer boss = new HookServer()) {
            TestChannel phones =
                    new TestChannel("sms", message -> new Handed.Later("busy\r\n\u0000" + "x".repeat(1000)));
            start(Map.of(), phones);
            policy(PHONE, BOSS.formatted(boss.url("/boss")));
            store(critical("MAN-1", 1, MAN_DOWN, NOON));

            SOON.until(() -> !boss.hooks().isEmpty());
            assertThat(phones.handed).hasSizeGreaterThanOrEqualTo(2);
            SOON.until(() -> outbox().getLast().endsWith("2 sent"));
            assertThat(outbox()).hasSize(2);
            String error = database.column("select error from alerts.notification where channel = 'sms'")
                    .getFirst();
            assertThat(error).startsWith("busy xxx").endsWith("...").hasSize(300);
        }
    }

    @Test
    void levelOfWhichOneWasReachedKeepsTheNextOneWaiting() throws Exception {
        try (HookServer one = new HookServer();
                HookServer boss = new HookServer()) {
            TestChannel phones = new TestChannel("sms", message -> new Handed.Later("busy"));
            start(Map.of(), phones);
            policy(PHONE + "," + BOSS.formatted(one.url("/")), BOSS.formatted(boss.url("/boss")));
            store(critical("MAN-1", 1, MAN_DOWN, NOON));

            SOON.until(() -> one.hooks().size() == 1 && phones.handed.size() >= 3);
            assertThat(boss.hooks()).isEmpty();
        }
    }

    @Test
    void whatIsClaimedAgainAndAgainWithoutAnAnswerIsFailedAndTheNextLevelCalled() throws Exception {
        try (HookServer boss = new HookServer()) {
            TestChannel phones = new TestChannel("sms", message -> new Handed.Accepted("p", null));
            start(Map.of(), phones);
            policy("{\"channel\": \"screen\"}", BOSS.formatted(boss.url("/boss")));
            store(critical("MAN-1", 1, MAN_DOWN, NOON));
            SOON.until(() -> outbox().size() == 1);
            database.execute("""
                    update alerts.notification set channel = 'sms', address = '+447700900123', state = 'sending', attempts = 12,
                           sent_at = null, due_at = now() - interval '1 second'""");

            SOON.until(() -> !boss.hooks().isEmpty());
            SOON.until(() -> history().contains("failed"));
            assertThat(outbox().getFirst()).isEqualTo("sms +447700900123 1 failed");
            assertThat(only().history())
                    .extracting(HistoryEntry::detail)
                    .anySatisfy(detail -> assertThat(detail).contains("claimed 12 times"));
            assertThat(phones.handed).isEmpty();
        }
    }

    @Test
    void whatWaitsForAChannelThatIsNotConfiguredIsFailedAfterAnHour() throws Exception {
        start(Map.of());
        store(critical("MAN-1", 1, MAN_DOWN, NOON));
        database.execute("""
                insert into alerts.notification (id, alert_id, level, round, channel, address, state, due_at, created_at)
                select gen_random_uuid(), id, 1, 100 + n, 'mail', 'duty@example.org', 'queued', now(),
                       now() - make_interval(mins => n)
                  from alerts.alert, unnest(array[50, 61]) as n""");

        SOON.until(() -> outbox().contains("mail duty@example.org 1 failed"));
        assertThat(outbox()).contains("mail duty@example.org 1 queued");
        assertThat(database.column("select error from alerts.notification where state = 'failed'"))
                .containsExactly("the channel is not configured");
    }

    @Test
    void noNumberOfNotificationsPushesOutHowItBegan() throws Exception {
        start(Map.of());
        store(critical("MAN-1", 1, MAN_DOWN, NOON));
        store(critical("MAN-1", 2, MAN_DOWN, NOON.plusSeconds(5)));
        SOON.until(() -> history().contains("notified"));
        database.execute("""
                insert into alerts.history (alert_id, at, what, detail)
                select id, now(), 'notified', 'sms, again ' || n from alerts.alert, generate_series(1, 300) as n""");

        assertThat(history()).startsWith("raised", "joined").hasSizeBetween(60, 100);
        assertThat(only().history().getLast().detail()).isEqualTo("sms, again 300");
    }

    @Test
    void addressOfThePageIsAWebAddress() {
        for (String wrong : new String[] {
            "alarms.example.org", "ftp://alarms.example.org", "https://", "https://a b/", "https://a/?x"
        }) {
            assertThatThrownBy(() -> start(Map.of("public.url", wrong)))
                    .hasMessageContaining("public.url")
                    .hasMessageContaining("an http or https address");
        }
    }

    @Test
    void aChannelOfPhonesThatWasNeverStartedIsClosed() {
        Configuration configuration = Configuration.of(Map.of("sms.1.host", "127.0.0.1"), SmsSettings.KEYS);
        SmsChannel channel = new SmsChannel(SmsSettings.from(configuration), new NoReplies(), new Health(), metrics);

        assertThatCode(channel::close).doesNotThrowAnyException();
    }

    private record NoReplies() implements PhoneReplies {
        @Override
        public void receipt(String provider, String messageId, boolean delivered, String detail) {
            throw new AssertionError(provider);
        }

        @Override
        public void received(String from, String text) {
            throw new AssertionError(from);
        }
    }

    @Test
    void channelsAreClosedEvenWhereNothingWasStarted() {
        AtomicInteger closed = new AtomicInteger();
        TestChannel channel = new TestChannel("sms", message -> new Handed.Later("busy")) {
            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
        build(Map.of(), channel).close();

        assertThat(closed).hasValue(1);
    }
}
