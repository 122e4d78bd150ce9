package identicom.systemtests.telling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import identicom.schema.Topic;
import identicom.systemtests.Seeds;
import identicom.systemtests.backing.Backing;
import identicom.systemtests.backing.Backing.Running;
import identicom.systemtests.harness.Desk;
import identicom.systemtests.harness.WebhookListener;
import identicom.systemtests.harness.WebhookListener.Told;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two instances of alert-service tell of 30 emergencies over three levels, and are killed in turn between raising and telling and in the
 * middle of the chains. Every third alert is taken as soon as its first level was told.
 */
class EscalationKillIT {
    private static final int ALERTS = 30;
    private static final List<String> LEVELS = List.of("/one", "/two", "/three");
    private static final int LEVEL_SECONDS = 4;
    private static final Duration LIMIT = Duration.ofSeconds(180);
    /** A call that had begun when the alert was taken may still come. */
    private static final long UNDER_WAY_NANOS = TimeUnit.SECONDS.toNanos(3);

    private static Backing backing;
    private static Running fleet;
    private static WebhookListener webhook;
    private static Desk desk;

    @BeforeAll
    static void start() throws Exception {
        backing = Backing.start();
        fleet = backing.startService("fleet-service", Map.of());
        webhook = new WebhookListener();
        desk = Desk.administrator(fleet.site());
    }

    @AfterAll
    static void stop() throws Exception {
        webhook.close();
        fleet.close();
        backing.close();
    }

    static LongStream seeds() {
        return Seeds.all();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void eachLevelIsToldNoneAfterTheAlertWasTaken(long seed) throws Exception {
        Random random = new Random(seed);
        String prefix = "E" + seed + "-";
        Map<String, Long> takenAt = new HashMap<>();
        Running one = alertService("one");
        Running two = alertService("two");
        try {
            policy(one);
            for (int i = 0; i < ALERTS; i++) {
                String serial = prefix + i;
                backing.publish(
                        Topic.EVENTS_CRITICAL,
                        serial,
                        ManDown.of(serial, 1, Instant.now()).toByteArray());
            }
            awaitTold(prefix, random.nextInt(0, ALERTS));
            one.kill();
            take(two, prefix, takenAt);
            one = alertService("one");
            awaitTold(prefix, ALERTS + random.nextInt(1, ALERTS));
            two.kill();
            take(one, prefix, takenAt);
            two = alertService("two");
            // what an instance had in hand when it was killed is handed over again after its lease of 30 s
            await().atMost(LIMIT).untilAsserted(() -> allTold(prefix, takenAt));
            check(prefix, takenAt);
            takeAll(two, prefix);
        } finally {
            one.close();
            two.close();
        }
    }

    private static Running alertService(String name) throws IOException, InterruptedException {
        return backing.startService(
                "alert-service",
                Map.of(
                        "IDENTICOM_DATA",
                        backing.folder().resolve("state-" + name).toString(),
                        "IDENTICOM_WEBHOOK_SECRET",
                        "a secret of this test",
                        "IDENTICOM_WEBHOOK_ALLOW",
                        "127.0.0.1"));
    }

    private static void policy(Running service) throws IOException, InterruptedException {
        Desk.Answer answer = desk.at(service.site())
                .put("/api/v1/escalation-policies/default", webhook.policy(LEVELS, LEVEL_SECONDS));
        assertThat(answer.status()).as(answer.body()).isIn(200, 201);
    }

    private static void awaitTold(String prefix, int calls) {
        await().atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> calls(prefix).size() >= calls);
    }

    /** Takes every third alert that was told of by now and is not taken yet. */
    private static void take(Running service, String prefix, Map<String, Long> takenAt) throws Exception {
        for (int i = 0; i < ALERTS; i += 3) {
            String serial = prefix + i;
            if (!takenAt.containsKey(serial)
                    && toldOf(prefix, LEVELS.getFirst()).contains(serial)) {
                acknowledge(service, serial);
                takenAt.put(serial, System.nanoTime());
            }
        }
    }

    private static void acknowledge(Running service, String serial) throws Exception {
        Desk here = desk.at(service.site());
        await().until(() -> !here.alerts(serial).isEmpty());
        String id = here.alerts(serial).getFirst().get("id").asText();
        Desk.Answer answer = here.post("/api/v1/alerts/" + id + "/acknowledge", Map.of());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    /** So that the next seed hears nothing of this one. */
    private static void takeAll(Running service, String prefix) throws Exception {
        for (int i = 0; i < ALERTS; i++) {
            acknowledge(service, prefix + i);
        }
    }

    private static List<Told> calls(String prefix) {
        return webhook.told().stream()
                .filter(told -> told.serial().startsWith(prefix))
                .toList();
    }

    private static Set<String> toldOf(String prefix, String level) {
        return calls(prefix).stream()
                .filter(told -> told.path().equals(level))
                .map(Told::serial)
                .collect(Collectors.toSet());
    }

    private static List<String> open(String prefix, Map<String, Long> takenAt) {
        return IntStream.range(0, ALERTS)
                .mapToObj(i -> prefix + i)
                .filter(serial -> !takenAt.containsKey(serial))
                .toList();
    }

    /** By the database's clock: what had its turn, or was handed over, before its level's delay was over. */
    private static List<String> early(String prefix) throws SQLException {
        return backing.column("""
                select a.serial || ' level ' || n.level || ' ' || (n.created_at - a.raised_at)
                  from alerts.notification n join alerts.alert a on a.id = n.alert_id
                 where a.serial like '%s%%'
                   and least(n.created_at, n.sent_at) < a.raised_at + (n.level - 1) * interval '%d seconds'""".formatted(prefix, LEVEL_SECONDS));
    }

    private static void allTold(String prefix, Map<String, Long> takenAt) {
        for (String level : LEVELS) {
            assertThat(toldOf(prefix, level)).as("told by " + level).containsAll(open(prefix, takenAt));
        }
    }

    private static void check(String prefix, Map<String, Long> takenAt) throws SQLException {
        assertThat(takenAt).as("alerts that were taken").isNotEmpty();
        Map<String, Set<String>> keys = new HashMap<>();
        for (Told told : calls(prefix)) {
            keys.computeIfAbsent(told.serial() + told.path(), k -> new HashSet<>())
                    .add(told.key());
            Long taken = takenAt.get(told.serial());
            assertThat(taken == null || told.atNanos() < taken + UNDER_WAY_NANOS)
                    .as(told + " came after its alert was taken")
                    .isTrue();
        }
        assertThat(early(prefix)).as("told before its time").isEmpty();
        assertThat(keys)
                .as("each step is one step, however often it was told")
                .allSatisfy((step, its) -> assertThat(its).hasSize(1));
    }
}
