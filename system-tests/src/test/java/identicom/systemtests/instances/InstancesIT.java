package identicom.systemtests.instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import identicom.systemtests.Seeds;
import identicom.systemtests.check.Ledger;
import identicom.systemtests.harness.AlertStream;
import identicom.systemtests.harness.Desk;
import identicom.systemtests.harness.WebhookListener;
import identicom.systemtests.instances.TwoOfEach.Side;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Two instances of every service share the work of some hundred units; one of each is killed in the middle of it, all at once. */
@Tag("instances")
class InstancesIT {
    private static final Logger LOG = LoggerFactory.getLogger(InstancesIT.class);
    private static final String USER = "duty";
    private static final String PASSWORD = "battery-horse-correct";

    private static final Duration AFTER_THE_KILL = Duration.ofSeconds(10);
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    /** Of the deadline; until the others have taken over nobody is judged. */
    private static final Duration MISSED_WITHIN = Watching.TAKEN_OVER.plusSeconds(5);

    @AutoClose
    private static TwoOfEach site;

    @AutoClose
    private static WebhookListener webhook;

    @BeforeAll
    static void start() throws Exception {
        webhook = new WebhookListener();
        site = TwoOfEach.start();
        Desk administrator = Desk.administrator(site.served(Side.of(1)));
        Escalation.by(webhook, administrator);
        Desk.Answer user = administrator.put("/api/v1/users/" + USER, Map.of("role", "operator", "password", PASSWORD));
        assertThat(user.status()).as(user.body()).isEqualTo(201);
    }

    static LongStream seeds() {
        return Seeds.all();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void workGoesOnWithTheOthersAndNothingIsLostDoubledOrForgotten(long seed) throws Exception {
        Random random = new Random(seed);
        Side dying = Side.random(random);
        Side staying = dying.other();
        Desk administrator = Desk.administrator(site.served(staying));
        Desk there = Desk.login(site.served(dying), USER, PASSWORD);
        Desk here = there.at(site.served(staying));
        try (Crowd crowd = Crowd.start(site.units(), administrator, seed);
                Watching watching = new Watching(here, crowd.site());
                AlertStream cutOff = there.listen();
                Incidents incidents = new Incidents(crowd.falling(), crowd.taking(), seed)) {
            await("both screens are live").atMost(SOON).until(() -> watching.live() && cutOff.live());
            long begun = newestChange();
            Instant silentFrom = Instant.now();
            crowd.fallSilent();
            await("it was heard").atMost(SOON).until(crowd::silentWasHeard);
            Instant silentSince = Instant.now();
            shared(dying, staying);
            long until = crowd.deleted() + random.nextInt(500, 2_000);
            await("traffic").atMost(LIMIT).pollInterval(Duration.ofMillis(10)).until(() -> crowd.deleted() > until);
            Set<String> raised = watching.raised(incidents.fallen().keySet());
            assertThat(raised).as("alerts that were raised before").isNotEmpty();
            String taken = raised.iterator().next();

            long killed = System.nanoTime();
            site.kill(dying);

            try (AlertStream goesOn =
                    here.listenAfter(Long.toString(cutOff.ids().getLast()))) {
                peopleGoOn(here, staying, taken);
                crowd.commissionLate(administrator);
                await("a unit commissioned now is served").atMost(SOON).until(crowd::lateIsEmptied);
                await("some time after the kill")
                        .atMost(LIMIT)
                        .until(() -> incidents.fallen().values().stream()
                                .anyMatch(at -> at > killed + AFTER_THE_KILL.toNanos()));
                watching.check(new Handover(killed, AFTER_THE_KILL), incidents.fallen(), incidents.taken());
                LOG.info("seed {}:\n{}", seed, crowd.text());

                site.start(dying);
                shared(dying, staying);
                incidents.stop();
                crowd.quiet();
                await("every unit is emptied").atMost(LIMIT).until(crowd::empty);

                raised.remove(taken);
                Escalation.check(webhook, incidents.fallen().keySet(), raised);
                missed(here, crowd, silentFrom, silentSince);
                crowd.decommissionSilent(administrator);
                new Ledger(crowd.journals()).check(here.at(site.served(dying)));
                audited(administrator, taken);
                assertThat(kinds(here)).containsExactlyInAnyOrder("man-down", "missed-check-in");
                goesOnWithoutAGap(begun, cutOff, goesOn);
                overviews(administrator, dying, staying);
                await("all sessions of those who fell are over")
                        .atMost(SOON)
                        .until(() -> here.all("/api/v1/units?connected=true&site=" + crowd.site())
                                .isEmpty());
            }
        }
    }

    /** With the token of an instance that is gone, and with a new one. */
    private static void peopleGoOn(Desk here, Side staying, String serial) throws IOException, InterruptedException {
        String id = here.alerts(serial).getFirst().get("id").asText();
        Desk.Answer answer = here.post("/api/v1/alerts/" + id + "/acknowledge", Map.of());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        Desk again = Desk.login(site.served(staying), USER, PASSWORD);
        for (String path : List.of("/api/v1/alerts", "/api/v1/events", "/api/v1/pictures", "/api/v1/units")) {
            assertThat(again.get(path).status()).as(path).isEqualTo(200);
        }
    }

    /** Both instances of each service read from now on. */
    private static void shared(Side one, Side other) throws IOException, InterruptedException {
        Map<Consumer, Double> before = new HashMap<>();
        for (Side side : List.of(one, other)) {
            for (String service : TwoOfEach.LOOPS.keySet()) {
                before.put(new Consumer(side, service), consumed(side, service));
            }
        }
        for (Map.Entry<Consumer, Double> then : before.entrySet()) {
            Consumer consumer = then.getKey();
            await(consumer.service() + " consumes")
                    .atMost(LIMIT)
                    .until(() -> consumed(consumer.side(), consumer.service()) > then.getValue());
        }
    }

    private record Consumer(Side side, String service) {}

    private static double consumed(Side side, String service) throws IOException, InterruptedException {
        String loop = "loop=\"" + TwoOfEach.LOOPS.get(service) + "\"";
        return Desk.stranger(site.instance(side, service)).meter("identicom_consume_records_total", loop);
    }

    /** Once, in time. */
    private static void missed(Desk here, Crowd crowd, Instant from, Instant since) throws Exception {
        await("the silent one is missed")
                .atMost(LIMIT)
                .until(() -> !here.alerts(crowd.silentSerial()).isEmpty());
        List<JsonNode> alerts = here.alerts(crowd.silentSerial());
        assertThat(alerts).hasSize(1);
        assertThat(Instant.parse(alerts.getFirst().get("raisedAt").asText()))
                .isBetween(from.plus(INTERVAL), since.plus(INTERVAL).plus(MISSED_WITHIN));
    }

    /** What was done at an instance that stays is in the audit trail, and the login at the one that was killed. */
    private static void audited(Desk administrator, String serial) {
        await("the audit trail")
                .atMost(SOON)
                .untilAsserted(() -> assertThat(administrator.all("/api/v1/audit?who=" + USER))
                        .anyMatch(entry -> entry.get("action").asText().equals("alert.acknowledge")
                                && entry.toString().contains(serial))
                        .anyMatch(entry -> entry.get("action").asText().equals("login")));
    }

    private static Set<String> kinds(Desk here) throws IOException, InterruptedException {
        Set<String> kinds = new HashSet<>();
        for (JsonNode alert : here.all("/api/v1/alerts")) {
            kinds.add(alert.get("kind").asText());
        }
        return kinds;
    }

    private static long newestChange() throws Exception {
        return site.backing().number("select coalesce(max(id), 0) from alerts.change");
    }

    private static void goesOnWithoutAGap(long begun, AlertStream cutOff, AlertStream goesOn) throws Exception {
        long newest = newestChange();
        await("the stream goes on")
                .atMost(SOON)
                .until(() -> !goesOn.ids().isEmpty() && goesOn.ids().getLast() >= newest);
        Set<Long> told = new HashSet<>(cutOff.ids());
        told.addAll(goesOn.ids());
        List<Long> changes =
                site
                        .backing()
                        .column("select id from alerts.change where id > " + begun + " and id <= " + newest)
                        .stream()
                        .map(Long::valueOf)
                        .toList();
        assertThat(told).containsAll(changes);
        assertThat(goesOn.heard()).noneMatch(heard -> heard.event().equals("reset"));
    }

    /** Both fleet-services tell the same of the system, and that nothing is behind. */
    private static void overviews(Desk administrator, Side one, Side other) {
        for (Side side : List.of(one, other)) {
            Desk desk = administrator.at(site.instance(side, "fleet-service"));
            await("nothing is behind").atMost(SOON).untilAsserted(() -> {
                JsonNode system = desk.get("/api/v1/system").json();
                assertThat(system.findValuesAsText("state")).containsExactly("up", "up", "serving");
                assertThat(system.findValuesAsText("group"))
                        .contains("alert-service-critical", "alert-service-sessions", "identicom-fleet-sessions")
                        .contains("identicom-fleet-events", "identicom-log-events", "identicom-media-pictures");
                assertThat(system.findValuesAsText("behind")).containsOnly("false");
            });
        }
    }
}
