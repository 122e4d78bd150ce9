package identicom.alertservice;

import static identicom.alertservice.Events.LANYARD;
import static identicom.alertservice.Events.MAN_DOWN;
import static identicom.alertservice.Events.NOON;
import static identicom.alertservice.Events.critical;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.icegreen.greenmail.junit5.GreenMailExtension;
import com.icegreen.greenmail.util.ServerSetup;
import com.icegreen.greenmail.util.ServerSetupTest;
import identicom.alertservice.notify.Handed;
import identicom.alertservice.notify.HookServer;
import identicom.alertservice.store.Actions.Person;
import identicom.alertservice.store.Incidents.Incident;
import identicom.alertservice.supervision.rule.Plan;
import identicom.alertservice.supervision.rule.Unit;
import identicom.alertservice.supervision.store.Roster;
import identicom.alertservice.view.AlertJson;
import identicom.alertservice.view.AlertView.HistoryEntry;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** From a raised alert to the people: a real database, a real mail server, a real HTTP server. */
class EscalationTest extends EscalationFixture {

    @RegisterExtension
    static final GreenMailExtension MAIL =
            new GreenMailExtension(new ServerSetup[] {patient(ServerSetupTest.SMTP.dynamicPort())});

    private static ServerSetup patient(ServerSetup setup) {
        setup.setServerStartupTimeout(30_000);
        return setup;
    }

    /** Long enough for the timers to find nothing due. */
    private static final Duration LOOKED_AT_SEVERAL_TIMES = Duration.ofSeconds(2);

    private HookServer hooks;

    @BeforeEach
    void listen() throws Exception {
        hooks = new HookServer();
    }

    @AfterEach
    void hangUp() {
        hooks.close();
    }

    private Map<String, String> mail() {
        return Map.of(
                "mail.host",
                "127.0.0.1",
                "mail.port",
                Integer.toString(MAIL.getSmtp().getPort()));
    }

    private static String level(int after, String targets) {
        return "{\"afterSeconds\": " + after + ", \"targets\": [" + targets + "]}";
    }

    private static String mailTo(String address) {
        return "{\"channel\": \"mail\", \"address\": \"" + address + "\"}";
    }

    private String hook(String path) {
        return "{\"channel\": \"webhook\", \"address\": \"" + hooks.url(path) + "\"}";
    }

    /** By mail, at hours that are not now. */
    private static String closed(String address) {
        String day = java.time.LocalDate.now(java.time.ZoneOffset.UTC)
                .plusDays(2)
                .getDayOfWeek()
                .name()
                .substring(0, 3)
                .toLowerCase(java.util.Locale.ROOT);
        return "{\"channel\": \"mail\", \"address\": \"" + address + "\", \"hours\": {\"zone\": \"UTC\", \"days\": [\""
                + day + "\"], \"from\": \"00:00\", \"to\": \"00:00\"}}";
    }

    private void policy(String... levels) throws Exception {
        put("escalation-policies/default", "{\"levels\": [" + String.join(",", levels) + "]}");
    }

    private List<String> mailed() {
        return java.util.stream.Stream.of(MAIL.getReceivedMessages())
                .map(EscalationTest::recipient)
                .sorted()
                .toList();
    }

    private static String recipient(MimeMessage mail) {
        try {
            return mail.getAllRecipients()[0].toString();
        } catch (jakarta.mail.MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void levelOneGoesByMailAndWebhookAndWhatFailedIsHandedOverAgainWithTheSameKey() throws Exception {
        start(mail());
        hooks.answering(500);
        unit("MAN-1", "Jo Smith", "+447700900123", "Leeds");
        policy(
                level(0, mailTo("duty@example.org") + "," + hook("/alarm?token=s3cret")),
                level(120, mailTo("boss@example.org")));
        store(critical("MAN-1", 1, MAN_DOWN, NOON));

        SOON.until(() -> hooks.hooks().size() >= 2);
        SOON.until(() -> database.number("select count(*) from alerts.notification where state = 'sent'") == 2);
        assertThat(hooks.hooks())
                .extracting(hook -> hook.header("Idempotency-key"))
                .doesNotContain("");
        assertThat(hooks.hooks().stream().map(h -> h.header("Idempotency-key")).distinct())
                .hasSize(1);
        assertThat(new String(hooks.hooks().getFirst().body())).contains("\"kind\":\"man-down\"", only().reference());
        assertThat(AlertJson.write(only())).doesNotContain("s3cret");
        assertThat(mailed()).containsExactly("duty@example.org");
        assertThat(MAIL.getReceivedMessages()[0].getContent().toString())
                .contains("MAN DOWN", "+447700900123", "mlat=51.5");
        assertThat(only().history())
                .extracting(HistoryEntry::what, HistoryEntry::detail)
                .contains(
                        tuple("notified", "mail duty@example.org, level 1 by 127.0.0.1"),
                        tuple("notified", "webhook 127.0.0.1, level 1 by 127.0.0.1"));
        assertThat(get("notifications?channel=webhook")
                        .path("items")
                        .get(0)
                        .path("attempts")
                        .asInt())
                .isGreaterThanOrEqualTo(2);
    }

    @Test
    void levelTwoComesAfterItsDelayAndTheLastOneAgain() throws Exception {
        start(mail());
        policy(level(0, mailTo("duty@example.org")), level(120, mailTo("boss@example.org")));
        store(critical("MAN-1", 1, MAN_DOWN, NOON));
        SOON.until(() -> mailed().size() == 1);
        clockOffset = Duration.ofSeconds(60);
        SOON.during(LOOKED_AT_SEVERAL_TIMES).until(() -> mailed().size() == 1);
        clockOffset = Duration.ofSeconds(121);
        SOON.until(() -> mailed().size() == 2);
        clockOffset = Duration.ofSeconds(121 + 200);
        SOON.during(LOOKED_AT_SEVERAL_TIMES).until(() -> mailed().size() == 2);
        clockOffset = Duration.ofSeconds(121 + 301);
        SOON.until(() -> mailed().size() == 3);

        assertThat(mailed()).containsExactly("boss@example.org", "boss@example.org", "duty@example.org");
        assertThat(database.column("""
                select n.level || ' ' || case when extract(epoch from n.created_at - a.raised_at) >= expected.seconds
                                              then 'in time' else 'early' end
                  from alerts.notification n join alerts.alert a on a.id = n.alert_id
                  join (values (1, 0), (2, 120), (3, 420)) as expected (round, seconds) on expected.round = n.round
                 order by n.round""")).containsExactly("1 in time", "2 in time", "2 in time");
    }

    @Test
    void acknowledgedInBetweenItStaysSilentAndReopenedItGoesOn() throws Exception {
        start(mail());
        policy(level(0, mailTo("duty@example.org")), level(120, mailTo("boss@example.org")));
        store(critical("MAN-1", 1, LANYARD, NOON));
        SOON.until(() -> outbox().equals(List.of("mail duty@example.org 1 sent")));
        actions.acknowledge(only().id(), ANN);
        clockOffset = Duration.ofSeconds(1000);
        store(critical("MAN-2", 1, MAN_DOWN, NOON));
        SOON.until(() -> mailed().equals(List.of("duty@example.org", "duty@example.org")));
        assertThat(database.number("select count(*) from alerts.escalation where due_at is null"))
                .isOne();

        store(critical("MAN-1", 2, MAN_DOWN, NOON.plusSeconds(5)));
        clockOffset = Duration.ofSeconds(1031);
        assertThat(reopening.reopenDue()).isOne();
        SOON.until(() -> mailed().contains("boss@example.org"));
    }

    @Test
    void whatWaitsForAnotherTryWhenSomebodyTakesTheAlertIsStopped() throws Exception {
        TestChannel busy = new TestChannel("sms", message -> new Handed.Later("busy"));
        start(Map.of(), busy);
        policy(level(0, "{\"channel\": \"sms\", \"address\": \"+447700900123\"}"));
        store(critical("MAN-1", 1, MAN_DOWN, NOON));
        SOON.until(() -> database.column("select error from alerts.notification where state = 'queued'")
                .equals(List.of("busy")));
        actions.acknowledge(only().id(), ANN);

        SOON.until(() -> outbox().equals(List.of("sms +447700900123 1 stopped")));
    }

    @Test
    void stateIsReadAgainRightBeforeTheHandOver() throws Exception {
        start(mail());
        policy(level(0, mailTo("duty@example.org")));
        store(critical("MAN-1", 1, MAN_DOWN, NOON));
        SOON.until(() -> mailed().size() == 1);
        database.execute("update alerts.alert set state = 'acknowledged'");
        database.execute("""
                insert into alerts.notification (id, alert_id, level, round, channel, address, state, due_at, created_at)
                select gen_random_uuid(), id, 2, 9, 'mail', 'late@example.org', 'queued', now(), now() from alerts.alert""");

        SOON.until(() -> outbox().contains("mail late@example.org 2 stopped"));
        assertThat(mailed()).containsExactly("duty@example.org");
    }

    @Test
    void hangingWebhookDelaysNeitherMailNorAnotherWebhook() throws Exception {
        start(mail());
        try (HookServer dead = new HookServer().hanging()) {
            String deadly = "{\"channel\": \"webhook\", \"address\": \"" + dead.url("/dead") + "\"}";
            policy(level(0, deadly + "," + hook("/alive") + "," + mailTo("duty@example.org")));
            for (int unit = 0; unit < 5; unit++) {
                store(critical("MAN-" + unit, 1, MAN_DOWN, NOON));
            }
            SOON.until(() -> !mailed().isEmpty() && !hooks.hooks().isEmpty());
            assertThat(database.number("select count(*) from alerts.notification where error is not null"))
                    .as("the dead one has been given up")
                    .isZero();
            SOON.until(() -> mailed().size() == 5 && hooks.hooks().size() == 5);
            assertThat(dead.hooks()).isNotEmpty();
        }
    }

    @Test
    void levelWhoseTargetsHaveAllFailedForGoodFallsThroughAtOnce() throws Exception {
        start(mail());
        hooks.answering(404);
        policy(level(0, hook("/gone")), level(3600, mailTo("boss@example.org")));
        store(critical("MAN-1", 1, MAN_DOWN, NOON));

        SOON.until(() -> mailed().equals(List.of("boss@example.org")));
        SOON.until(() -> history().contains("notified"));
        assertThat(history()).containsSubsequence("raised", "failed", "notified");
        assertThat(outbox().getFirst()).endsWith("1 failed");
    }

    @Test
    void levelThatNobodyCanBeToldOfFallsThroughAtOnce() throws Exception {
        screenLive = false;
        start(mail());
        policy(
                level(0, "{\"channel\": \"screen\"}," + closed("day@example.org")),
                level(600, "{\"channel\": \"sms\", \"address\": \"+447700900123\"}"),
                level(3600, mailTo("boss@example.org")));
        store(critical("MAN-1", 1, MAN_DOWN, NOON));

        SOON.until(() -> mailed().equals(List.of("boss@example.org")));
        assertThat(outbox()).hasSize(1);
    }

    @Test
    void whileNobodyOfTheLastLevelCanBeToldTheFirstIsToldAgainEveryFiveMinutes() throws Exception {
        start(mail());
        policy(level(0, mailTo("duty@example.org")), level(120, closed("boss@example.org")));
        store(critical("MAN-1", 1, MAN_DOWN, NOON));
        for (int times = 1; times <= 3; times++) {
            int told = times;
            SOON.until(() -> mailed().size() == told);
            clockOffset = clockOffset.plusSeconds(121);
            SOON.until(() -> database.number("select next_level from alerts.escalation") == 1);
            assertThat(mailed()).as("not before its time").hasSize(told);
            clockOffset = clockOffset.plusSeconds(180);
        }

        assertThat(mailed()).containsOnly("duty@example.org");
    }

    @Test
    void whenEverythingThatTheLastLevelSentHasFailedTheFirstIsToldAgain() throws Exception {
        start(mail());
        hooks.answering(404, 404);
        policy(level(0, mailTo("duty@example.org")), level(60, hook("/gone")));
        store(critical("MAN-1", 1, MAN_DOWN, NOON));
        SOON.until(() -> mailed().size() == 1);
        clockOffset = Duration.ofSeconds(61);
        SOON.until(() -> database.number("select next_level from alerts.escalation") == 1);
        clockOffset = Duration.ofSeconds(301);

        SOON.until(() -> mailed().equals(List.of("duty@example.org", "duty@example.org")));
    }

    @Test
    void byDefaultTheScreensAreToldAndToldAgain() throws Exception {
        start(Map.of());
        store(critical("MAN-1", 1, MAN_DOWN, NOON));
        SOON.until(() -> history().equals(List.of("raised", "notified")));
        clockOffset = Duration.ofSeconds(301);
        SOON.until(() -> outbox().equals(List.of("screen  1 sent", "screen  1 sent")));

        assertThat(history()).containsExactly("raised", "notified");
    }

    @Test
    void testAlertIsToldToNobodyOutsideThePage() throws Exception {
        start(mail());
        policy(level(60, mailTo("duty@example.org")), level(60, "{\"channel\": \"screen\"}"));
        store(critical("MAN-1", 1, MAN_DOWN, NOON), critical("MAN-2", 1, MAN_DOWN, NOON));
        database.execute("update alerts.alert set test = true, test_until = now() where serial = 'MAN-1'");
        database.execute(
                "update alerts.escalation set test = true where alert_id in (select id from alerts.alert where test)");
        clockOffset = Duration.ofSeconds(61);

        SOON.until(() -> database.number("select count(*) from alerts.escalation where reached = 2") == 2);
        SOON.until(() -> mailed().size() == 1);
        assertThat(database.number("""
                select count(*) from alerts.notification n join alerts.alert a on a.id = n.alert_id
                 where a.test and channel <> 'screen'""")).isZero();
    }

    @Test
    void policyIsChosenBySiteAndKeptAsItWasWhenTheAlertWasRaisedWithTheGroupAsItIs() throws Exception {
        start(mail());
        unit("MAN-1", "Jo", "", "Leeds");
        put(
                "contact-groups/night",
                "{\"members\": [{\"name\": \"Al\", \"channel\": \"mail\", \"address\": \"al@example.org\"}]}");
        put(
                "escalation-policies/leeds",
                "{\"levels\": [" + level(0, "{\"group\": \"night\"}") + "," + level(120, "{\"group\": \"night\"}")
                        + "]}");
        put("escalation-assignments", "{\"assignments\": [{\"site\": \"Leeds\", \"policy\": \"leeds\"}]}");
        store(critical("MAN-1", 1, MAN_DOWN, NOON));
        store(critical("MAN-2", 1, MAN_DOWN, NOON));
        SOON.until(() -> mailed().equals(List.of("al@example.org")));

        put("escalation-policies/leeds", "{\"levels\": [" + level(0, mailTo("other@example.org")) + "]}");
        put(
                "contact-groups/night",
                "{\"members\": [{\"name\": \"Bo\", \"channel\": \"mail\", \"address\": \"bo@example.org\"}]}");
        clockOffset = Duration.ofSeconds(121);
        SOON.until(() -> mailed().equals(List.of("al@example.org", "bo@example.org")));
        assertThat(database.column("select policy from alerts.escalation order by policy"))
                .containsExactly("default", "leeds");
    }

    private void siteHasPolicy(String site, String policy) throws Exception {
        put("escalation-policies/" + policy, "{\"levels\": [" + level(0, mailTo(policy + "@example.org")) + "]}");
        put(
                "escalation-assignments",
                "{\"assignments\": [{\"site\": \"" + site + "\", \"policy\": \"" + policy + "\"}]}");
    }

    @Test
    void policyOfItsSiteAppliesThoughTheUnitsHaveNotBeenReadYetAfterAStart() throws Exception {
        start(mail());
        siteHasPolicy("Leeds", "leeds");
        transactions.run(tx -> {
            Roster.add(
                    tx,
                    List.of(
                            Unit.unknown("MAN-1").planned(new Plan("Leeds", 1800, 300, true, 1), null),
                            Unit.unknown("MAN-2").planned(new Plan("York", 1800, 300, true, 1), null)));
            return true;
        });
        unit("MAN-2", "Jo", "", "Leeds");
        store(
                critical("MAN-1", 1, MAN_DOWN, NOON),
                critical("MAN-2", 1, MAN_DOWN, NOON),
                critical("MAN-3", 1, MAN_DOWN, NOON));

        assertThat(database.column("""
                select serial || ' ' || policy from alerts.escalation e join alerts.alert a on a.id = e.alert_id
                 order by serial""")).containsExactly("MAN-1 leeds", "MAN-2 leeds", "MAN-3 default");
    }

    @Test
    void policyThatCannotBeReadStandsInTheWayOfNoAlert() throws Exception {
        start(mail());
        siteHasPolicy("Leeds", "leeds");
        policy(level(0, mailTo("duty@example.org")));
        unit("MAN-1", "Jo", "", "Leeds");
        database.execute("update alerts.escalation_policy set levels = '[{\"after\": \"all\"}]' where name = 'leeds'");
        store(critical("MAN-1", 1, MAN_DOWN, NOON), critical("MAN-2", 1, MAN_DOWN, NOON));
        SOON.until(() -> mailed().equals(List.of("duty@example.org", "duty@example.org")));

        database.execute("update alerts.escalation_policy set levels = 'null'");
        store(critical("MAN-3", 1, MAN_DOWN, NOON));
        SOON.until(() -> outbox().contains("screen  1 sent"));
    }

    @Test
    void alertThatHasNoChainGetsOne() throws Exception {
        start(mail());
        policy(level(60, mailTo("duty@example.org")));
        store(critical("MAN-1", 1, MAN_DOWN, NOON), critical("MAN-2", 1, MAN_DOWN, NOON));
        database.execute("update alerts.alert set canary = true where serial = 'MAN-2'");
        database.execute("delete from alerts.escalation");
        SOON.until(() -> database.number("select count(*) from alerts.escalation") == 1);
        clockOffset = Duration.ofSeconds(61);

        SOON.until(() -> mailed().equals(List.of("duty@example.org")));
        assertThat(database.column("select serial from alerts.alert join alerts.escalation on alert_id = id"))
                .containsExactly("MAN-1");
    }

    @Test
    void policyOfASiteAppliesToTheLossOfItsUnits() throws Exception {
        start(mail());
        siteHasPolicy("Leeds", "leeds");
        raise(
                new Incident("mass-loss", "critical", null, "site Leeds", "gone", List.of("MAN-1"), false),
                new Incident("mass-loss", "critical", null, "site York", "gone", List.of("MAN-2"), false),
                new Incident("technical", "critical", null, "site Leeds", "odd", List.of(), false));

        SOON.until(() -> mailed().equals(List.of("leeds@example.org")));
        assertThat(database.column("""
                select a.kind || ' of ' || subject || ' ' || policy
                  from alerts.escalation e join alerts.alert a on a.id = e.alert_id order by 1"""))
                .containsExactly(
                        "mass-loss of site Leeds leeds",
                        "mass-loss of site York default",
                        "technical of site Leeds default");
    }

    @Test
    void graverEmergencyTellsTheFirstLevelAgain() throws Exception {
        start(mail());
        policy(level(0, mailTo("duty@example.org")), level(120, mailTo("boss@example.org")));
        store(critical("MAN-1", 1, LANYARD, NOON));
        SOON.until(() -> mailed().size() == 1);
        store(critical("MAN-1", 2, MAN_DOWN, NOON.plusSeconds(5)));

        SOON.until(() -> mailed().size() == 2);
        assertThat(mailed()).containsOnly("duty@example.org");
        assertThat(MAIL.getReceivedMessages()[1].getSubject()).startsWith("MAN DOWN");
    }

    @Test
    void handOverThatWasCutOffIsDoneAgainWithTheSameIdAfterTheLease() throws Exception {
        CountDownLatch forever = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        TestChannel dying = new TestChannel("sms", message -> {
            calls.incrementAndGet();
            try {
                forever.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Handed.Later("never said");
        });
        Escalations killed = start(Map.of(), dying);
        policy(level(0, "{\"channel\": \"sms\", \"address\": \"+447700900123\"}"));
        store(critical("MAN-1", 1, MAN_DOWN, NOON));
        SOON.until(() -> calls.get() == 1);
        killed.close();
        assertThat(outbox()).containsExactly("sms +447700900123 1 sending");

        TestChannel other = new TestChannel("sms", message -> new Handed.Accepted("p", "1"));
        start(Map.of(), other);
        clockOffset = Duration.ofSeconds(31);
        SOON.until(() -> outbox().equals(List.of("sms +447700900123 1 sent")));
        assertThat(other.handed)
                .extracting(m -> m.id())
                .containsExactly(dying.handed.getFirst().id());
    }

    @Test
    void withTwoInstancesAndOneStoppedInMidChainEachStepIsDoneOnceOrInDoubtTwice() throws Exception {
        TestChannel one = new TestChannel("sms", message -> new Handed.Accepted("one", null));
        TestChannel two = new TestChannel("sms", message -> new Handed.Accepted("two", null));
        Escalations first = start(Map.of(), one);
        start(Map.of(), two);
        policy(
                level(0, "{\"channel\": \"sms\", \"address\": \"+447700900101\"}"),
                level(10, "{\"channel\": \"sms\", \"address\": \"+447700900102\"}"),
                level(20, "{\"channel\": \"sms\", \"address\": \"+447700900103\"}"));
        int alerts = 20;
        for (int unit = 0; unit < alerts; unit++) {
            store(critical("MAN-" + unit, 1, MAN_DOWN, NOON));
        }
        SOON.until(() -> one.handed.size() + two.handed.size() >= 3);
        clockOffset = Duration.ofSeconds(11);
        first.close();
        clockOffset = Duration.ofSeconds(21 + 30); // with this the leases end, once
        SOON.until(() -> told(1, alerts) && told(2, alerts) && told(3, alerts));

        assertThat(database.number("select count(*) from alerts.notification")).isEqualTo(3L * alerts);
        assertThat(database.number("select count(*) from alerts.notification where state <> 'sent'"))
                .isZero();
        assertThat(database.number("select max(attempts) from alerts.notification"))
                .isLessThanOrEqualTo(2);
        assertThat(database.number("""
                select count(*) from (select alert_id from alerts.history where what = 'notified'
                                       group by alert_id having count(*) = 3) each""")).isEqualTo(alerts);
    }

    private boolean told(int level, int alerts) throws Exception {
        return database.number("select count(*) from alerts.notification where state = 'sent' and level = " + level)
                == alerts;
    }

    @Test
    void takeByATextFromANumberThatWasToldAcknowledgesAndFromAnyOtherDoesNothing() throws Exception {
        start(Map.of(), new TestChannel("sms", message -> new Handed.Accepted("p", "m-1")));
        policy(level(0, "{\"channel\": \"sms\", \"address\": \"+44 7700 900123\"}"));
        store(critical("MAN-1", 1, MAN_DOWN, NOON));
        SOON.until(() -> outbox().equals(List.of("sms +447700900123 1 sent")));
        String number = only().reference().substring(1);

        replies.received("+447700900999", "TAKE " + number);
        replies.received("447700900123", "hello");
        replies.received("447700900123", "TAKE 999999");
        replies.received("nobody\u0000", "TAKE " + number);
        replies.receipt("p", "m-1", true, "DELIVRD");
        SOON.until(() -> outbox().equals(List.of("sms +447700900123 1 delivered")));
        assertThat(only().state()).isEqualTo("open");

        replies.received("447700900123", " take a" + number + " on my way");
        SOON.until(() -> only().state().equals("acknowledged"));
        assertThat(only().acknowledgedBy()).isEqualTo("sms:+447700900123");
        assertThat(history()).startsWith("raised", "notified", "delivered", "acknowledged");
        Person another = new Person("bob", "operator", "10.0.0.2");
        assertThat(actions.acknowledge(only().id(), another)
                        .orElseThrow()
                        .answer()
                        .toString())
                .contains("sms:+44");
    }

    @Test
    void receiptThatComesBeforeItsMessageIsKnownAsSentIsAppliedThenAndAFailedDeliveryCallsTheNextLevel()
            throws Exception {
        start(mail(), new TestChannel("sms", message -> {
            replies.receipt("p", "early", false, "UNDELIV\r\n");
            return new Handed.Accepted("p", "early");
        }));
        policy(
                level(0, "{\"channel\": \"sms\", \"address\": \"+447700900123\"}"),
                level(3600, mailTo("boss@example.org")));
        store(critical("MAN-1", 1, MAN_DOWN, NOON));

        SOON.until(() -> mailed().equals(List.of("boss@example.org")));
        assertThat(outbox().getFirst()).isEqualTo("sms +447700900123 1 failed");
        assertThat(get("notifications?channel=sms&state=failed")
                        .path("items")
                        .get(0)
                        .path("error")
                        .asText())
                .isEqualTo("UNDELIV");
    }

    @Test
    void outboxIsPagedNewestFirst() throws Exception {
        start(mail());
        policy(level(0, mailTo("a@example.org") + "," + mailTo("b@example.org") + "," + mailTo("c@example.org")));
        store(critical("MAN-1", 1, MAN_DOWN, NOON));
        SOON.until(() -> mailed().size() == 3);

        var first = get("notifications?limit=2&alert=" + only().id());
        var second = get("notifications?limit=2&cursor=" + first.path("next").asText());
        assertThat(first.path("items").findValuesAsText("address")).containsExactly("c@example.org", "b@example.org");
        assertThat(second.path("items").findValuesAsText("address")).containsExactly("a@example.org");
        assertThat(second.path("next").isNull()).isTrue();
        assertThat(second.path("items").get(0).path("reference").asText()).isEqualTo(only().reference());
        assertThat(ask("operator", "GET", "notifications?state=lost", "").statusCode())
                .isEqualTo(400);
    }
}
