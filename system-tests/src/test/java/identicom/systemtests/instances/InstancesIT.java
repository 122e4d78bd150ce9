package identicom.systemtests.instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import identicom.systemtests.Seeds;
import identicom.systemtests.check.Ledger;
import identicom.systemtests.harness.AlertStream;
import identicom.systemtests.harness.AlertStream.Heard;
import identicom.systemtests.harness.Desk;
import identicom.systemtests.harness.WebhookListener;
import identicom.systemtests.instances.TwoOfEach.Side;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
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

    /** {@code session.timeout.ms} of every consumer, and what may come on top: the rebalance, reading, storing, asking. */
    private static final Duration TAKEN_OVER = Duration.ofSeconds(6 + 9);

    /** From the fall to the screen, whoever died. */
    private static final Duration SHOWN = Duration.ofSeconds(5);

    private static final Duration AFTER_THE_KILL = Duration.ofSeconds(10);
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final Duration MISSED_WITHIN = Duration.ofSeconds(5);

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
        long changeBefore = newestChange();
        try (Crowd crowd = Crowd.start(site.units(), administrator, seed);
                AlertStream screen = here.listen();
                AlertStream cutOff = there.listen();
                FirstSeen logged = new FirstSeen(() -> serials(here.events("?type=3b"), event -> true));
                FirstSeen lastSeen = new FirstSeen(() -> serials(
                        here.all("/api/v1/units?site=" + crowd.site()),
                        unit -> !unit.get("lastSeen").isNull()));
                FirstSeen pictures =
                        new FirstSeen(() -> serials(here.all("/api/v1/pictures"), InstancesIT::isComplete));
                Incidents incidents = new Incidents(crowd.falling(), crowd.taking(), seed)) {
            await("both screens are live").atMost(SOON).until(() -> screen.live() && cutOff.live());
            crowd.fallSilent();
            Instant silentFrom = Instant.now();
            await("it was heard").atMost(SOON).until(crowd::silentWasHeard);
            Instant silentSince = Instant.now();
            shared(dying, staying);
            long until = crowd.deleted() + random.nextInt(500, 2_000);
            await("traffic").atMost(LIMIT).pollInterval(Duration.ofMillis(10)).until(() -> crowd.deleted() > until);
            Set<String> raised = raised(screen, incidents.fallen().keySet());

            long killed = System.nanoTime();
            site.kill(dying);

            assertThat(raised).as("alerts that were raised before").isNotEmpty();
            try (AlertStream goesOn =
                    here.listenAfter(Long.toString(cutOff.ids().getLast()))) {
                String taken = raised.iterator().next();
                acknowledge(here, taken);
                assertThat(Desk.login(site.served(staying), USER, PASSWORD)
                                .get("/api/v1/alerts")
                                .status())
                        .isEqualTo(200);
                crowd.commissionLate(administrator);
                await("a unit commissioned now is served").atMost(SOON).until(crowd::lateIsEmptied);
                await("some time after the kill")
                        .atMost(LIMIT)
                        .until(() -> incidents.fallen().values().stream()
                                .anyMatch(at -> at > killed + AFTER_THE_KILL.toNanos()));
                Map<String, Long> falls = incidents.fallen();
                Map<String, Long> takings = incidents.taken();
                Handover handover = new Handover(killed, AFTER_THE_KILL);
                Duration shown = handover.longest("on the screen", falls, on(screen, alert -> true));
                Duration stored = handover.longest("an alert", falls, on(screen, InstancesIT::isStored));
                Duration event = handover.longest("in the event log", falls, logged::of);
                Duration seen = handover.longest("last seen", falls, lastSeen::of);
                Duration picture = handover.longest("a picture", takings, pictures::of);
                LOG.info(
                        "seed {}: the longest after the kill: on the screen {}, alert stored {}, event {}, last seen {},"
                                + " picture {}\n{}",
                        seed,
                        shown,
                        stored,
                        event,
                        seen,
                        picture,
                        crowd.text());
                assertThat(shown).isLessThan(SHOWN);
                assertThat(List.of(stored, event, seen, picture)).allMatch(one -> one.compareTo(TAKEN_OVER) < 0);

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
                goesOnWithoutAGap(changeBefore, cutOff, goesOn);
                overviews(administrator, dying, staying);
                await("all sessions of those who fell are over")
                        .atMost(SOON)
                        .until(() -> here.all("/api/v1/units?connected=true&site=" + crowd.site())
                                .isEmpty());
            }
        }
    }

    /** Both instances of each service read from now on. */
    private static void shared(Side one, Side other) throws IOException, InterruptedException {
        for (Side side : List.of(one, other)) {
            for (String service : TwoOfEach.LOOPS.keySet()) {
                double before = consumed(side, service);
                await(service + " consumes").atMost(LIMIT).until(() -> consumed(side, service) > before);
            }
        }
    }

    private static double consumed(Side side, String service) throws IOException, InterruptedException {
        String loop = "loop=\"" + TwoOfEach.LOOPS.get(service) + "\"";
        return Desk.stranger(site.instance(side, service)).meter("identicom_consume_records_total", loop);
    }

    private static Collection<String> serials(List<JsonNode> items, Predicate<JsonNode> fits) {
        return items.stream()
                .filter(fits)
                .map(item -> item.get("serial").asText())
                .toList();
    }

    private static boolean isComplete(JsonNode picture) {
        return picture.get("state").asText().equals("complete");
    }

    private static boolean isStored(JsonNode alert) {
        return !alert.path("stored").asText().equals("false");
    }

    private static Function<String, OptionalLong> on(AlertStream screen, Predicate<JsonNode> fits) {
        return serial ->
                screen.first(serial, fits).stream().mapToLong(Heard::atNanos).findFirst();
    }

    private static Set<String> raised(AlertStream screen, Set<String> serials) {
        Set<String> raised = new HashSet<>(serials);
        raised.removeIf(serial -> screen.first(serial, InstancesIT::isStored).isEmpty());
        return raised;
    }

    private static void acknowledge(Desk here, String serial) throws IOException, InterruptedException {
        String id = here.alerts(serial).getFirst().get("id").asText();
        Desk.Answer answer = here.post("/api/v1/alerts/" + id + "/acknowledge", Map.of());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
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

    private static void goesOnWithoutAGap(long before, AlertStream cutOff, AlertStream goesOn) throws Exception {
        long newest = newestChange();
        await("the stream goes on")
                .atMost(SOON)
                .until(() -> !goesOn.ids().isEmpty() && goesOn.ids().getLast() >= newest);
        Set<Long> told = new HashSet<>(cutOff.ids());
        told.addAll(goesOn.ids());
        List<Long> changes =
                site
                        .backing()
                        .column("select id from alerts.change where id > " + before + " and id <= " + newest)
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
