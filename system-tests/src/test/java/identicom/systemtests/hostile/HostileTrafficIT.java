package identicom.systemtests.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import identicom.simulator.fleet.Fleet;
import identicom.simulator.fleet.FleetOptions;
import identicom.simulator.fleet.Scenario;
import identicom.simulator.fleet.Serials;
import identicom.simulator.line.SessionEnd;
import identicom.simulator.line.SessionReport;
import identicom.simulator.raw.RawUnit;
import identicom.simulator.unit.Journal;
import identicom.simulator.unit.Redial;
import identicom.systemtests.check.Ledger;
import identicom.systemtests.harness.AlertStream;
import identicom.systemtests.harness.Desk;
import identicom.systemtests.harness.Emergencies;
import identicom.systemtests.harness.RunningSystem;
import identicom.systemtests.hostile.Attack.Sources;
import identicom.wire.codec.MessageEncoder;
import identicom.wire.message.Identification;
import identicom.wire.message.ReadEventLog;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Units call every other second and somebody goes down every half, while others do to the station whatever they can. Whatever
 * it is, no good session fails, each man-down is on the stream in time, and what each unit knows agrees with what is stored.
 *
 * <p>Each attack is modest here. Longer and harder ones: {@code -Didenticom.hostile.seconds}, {@code -Didenticom.hostile.rate}
 * (connections a second where an attack is about their number), {@code -Didenticom.hostile.carrier} (units behind one address).
 */
@Tag("alone")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileTrafficIT {
    private static final Logger LOG = LoggerFactory.getLogger(HostileTrafficIT.class);
    private static final Duration WINDOW = Duration.ofSeconds(Long.getLong("identicom.hostile.seconds", 2));
    private static final int RATE = Integer.getInteger("identicom.hostile.rate", 1_000);
    private static final int CARRIER = Integer.getInteger("identicom.hostile.carrier", 500);
    private static final int FALLING = (int) Math.max(1_200, 2 * 20 * WINDOW.toSeconds());

    private static final int GOOD = 50;
    private static final int KNOWN = 16;
    /** Room for the carrier's units beside those of its address that say nothing. */
    private static final int BUDGET = Math.max(2_000, 2 * CARRIER);

    private static final int UNIDENTIFIED = BUDGET / 5;
    /** Of some hundred sessions. */
    private static final int MOST_CUT_OFF = 20;

    private static final int LOOKUPS_A_SECOND = 200;
    /** Five by each of those that count: the readers of the two clusters, and what is shown from memory until it is stored. */
    private static final int SINGLE_RINGS_A_MINUTE = 3 * 5;

    private static final String BALANCER = "127.0.9.9";
    private static final Duration PROMISED = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Redial QUICK =
            new Redial(Duration.ofMillis(500), Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(30));

    /** 10.1.2.3:40312 by a load balancer. */
    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

    private static final byte[] HEADER = hex(SIGNATURE + "2111000c" + "0a010203" + "0a090909" + "9d781e14");
    private static final List<byte[]> MALFORMED = List.of(
            hex(SIGNATURE + "21110209"),
            hex(SIGNATURE + "2111000400000000"),
            hex(SIGNATURE + "3111000c0a0102030a0909099d781e14"));

    private final Report report = new Report();
    private final AtomicInteger strangers = new AtomicInteger();
    private RunningSystem system;
    private Desk desk;
    private AlertStream stream;
    private GoodUnits good;
    private Fleet falling;
    private Emergencies emergencies;

    @BeforeAll
    void start() throws Exception {
        Map<String, String> settings = new HashMap<>(RunningSystem.PATIENT);
        settings.put("IDENTICOM_RECEIVER_MAX_CONNECTIONS", Integer.toString(BUDGET));
        settings.put("IDENTICOM_RECEIVER_TRUSTED_PROXIES", BALANCER + "/32");
        system = RunningSystem.start(settings);
        desk = Desk.administrator(system);
        FleetOptions fallen = new FleetOptions(
                system.units(), FALLING, "FALL-", 0, 0, Duration.ofHours(1), Duration.ofDays(1), 3, 0, Duration.ZERO);
        falling = Fleet.idle(Scenario.of(fallen).withRedial(QUICK.withInterval(Duration.ofHours(1))));
        desk.commission(Serials.of(fallen));
        desk.commission(GoodUnits.serials(GOOD));
        desk.commission(
                IntStream.range(0, KNOWN).mapToObj(HostileTrafficIT::known).toList());
        desk.commission(IntStream.range(0, CARRIER)
                .mapToObj(HostileTrafficIT::behindCarrier)
                .toList());
        stream = desk.listen();
        good = GoodUnits.start(system.units(), GOOD);
        await().atMost(PATIENCE).until(() -> stream.live() && good.deleted() >= 2 * GOOD);
        emergencies = new Emergencies(falling.units(), Duration.ofMillis(500));
        whileNothing("nothing, at the beginning");
    }

    @AfterAll
    void everybodyWasServedAndEverythingIsStored() throws Exception {
        try (RunningSystem ending = system;
                Fleet fleet = falling;
                GoodUnits units = good) {
            whileNothing("nothing, at the end");
            emergencies.end();
            units.quiet();
            await().atMost(Duration.ofSeconds(120)).until(() -> units.empty() && fleet.empty());
            report.write();
            LOG.info("\n{}", report);
            List<Journal> journals = new ArrayList<>(units.journals());
            journals.addAll(fleet.journals());
            assertThat(fleet.summary().failures())
                    .as(fleet.summary().text())
                    .isEqualTo(fleet.summary().count(SessionEnd.RESET))
                    .isLessThanOrEqualTo(MOST_CUT_OFF);
            new Ledger(journals).check(desk);
            assertThat(ending.output()).noneMatch(line -> line.contains("stack_trace"));
            stream.close();
        }
    }

    @Test
    void otherProtocolsAndPortScans() throws Exception {
        double before = desk.meter("identicom_receiver_faults_total", "");
        try (Attack others = attack().eachSecond(200, Lines::otherProtocol);
                Attack scans = attack().eachSecond(100, Lines::knock)) {
            meanwhile("scans, HTTP, TLS, RMI, SSH: 300 a second", WINDOW);
            int answered = others.finished();
            assertThat(answered).isPositive();
            await().atMost(PATIENCE)
                    .until(() -> desk.meter("identicom_receiver_faults_total", "") - before >= answered);
            assertThat(scans.connected()).isPositive();
        }
    }

    @Test
    void slowAndSilentOnes() throws Exception {
        double before = desk.meter("identicom_receiver_sessions_ended_total", "reason=\"not-identified\"");
        int slow = UNIDENTIFIED / 2 - 20;
        try (Attack trickles = attack().atOnce(slow, Lines::trickle);
                Attack silent = attack().atOnce(slow, Lines::silent)) {
            meanwhile(2 * slow + " that say a byte each 10 s, or nothing", Duration.ofSeconds(11));
            await().atMost(PATIENCE)
                    .until(() -> desk.meter("identicom_receiver_sessions_ended_total", "reason=\"not-identified\"")
                            >= before + 2 * slow);
            assertThat(trickles.finished() + silent.finished()).isPositive();
        }
    }

    @Test
    void manyConnectionsASecond() throws Exception {
        try (Attack attack = attack().eachSecond(RATE, Lines::knock)) {
            meanwhile(RATE + " connections a second", WINDOW);
            LOG.info("{} connections in {} s", attack.connected(), WINDOW.toSeconds());
            assertThat(attack.connected()).isGreaterThan((int) (RATE * WINDOW.toSeconds() / 4));
        }
    }

    /**
     * Who is cut off before it was heard dials again: while every place is taken by the moment, the oldest that has not said who
     * it is goes, and that may be a unit whose first bytes are still to be read.
     */
    @Test
    void moreThatNeverIdentifyThanThereIsRoomFor() throws Exception {
        double before = desk.meter("identicom_receiver_connections_dropped_total", "why=\"made-room\"");
        try (Attack attack = attack().atOnce(BUDGET + BUDGET / 2, Lines::silent)) {
            meanwhile(
                    (BUDGET + BUDGET / 2) + " that never identify, with room for " + BUDGET,
                    WINDOW.plusSeconds(2),
                    MOST_CUT_OFF);
            assertThat(desk.meter("identicom_receiver_connections_dropped_total", "why=\"made-room\""))
                    .isGreaterThan(before);
            assertThat(desk.meter("identicom_receiver_connections ", "")).isBetween(1.0, (double) BUDGET);
            assertThat(attack.connected()).isGreaterThan(BUDGET);
        }
    }

    @Test
    void serialsThatNobodyKnows() throws Exception {
        double asked = lookups();
        double list = desk.meter("identicom_receiver_whitelist_units", "");
        long beganNanos = System.nanoTime();
        try (Attack attack = attack().eachSecond(Math.min(RATE, 600), Lines.stranger(this::unknown))) {
            meanwhile(Math.min(RATE, 600) + " unknown serials a second, each down", WINDOW);
            double seconds = (System.nanoTime() - beganNanos) / 1e9;
            assertThat(lookups() - asked).isLessThanOrEqualTo(LOOKUPS_A_SECOND * (seconds + 1));
            assertThat(desk.meter("identicom_receiver_whitelist_units", "")).isEqualTo(list);
            assertThat(attack.finished()).isGreaterThan(LOOKUPS_A_SECOND);
            assertThat(strangersAlerts())
                    .as("alerts, of which one is the flood's")
                    .isBetween(2L, 1 + SINGLE_RINGS_A_MINUTE * (long) (2 + seconds / 60));
        }
    }

    @Test
    void oneSerialFromManyAddresses() throws Exception {
        double before = desk.meter("identicom_receiver_sessions_ended_total", "reason=\"replaced\"");
        try (Attack attack = attack().atOnce(20, Lines.speechless(number -> known(0)))) {
            meanwhile("one serial from 20 addresses at a time", WINDOW);
            assertThat(desk.meter("identicom_receiver_sessions_ended_total", "reason=\"replaced\""))
                    .isGreaterThan(before);
            assertThat(attack.connected()).isGreaterThan(20);
        }
    }

    @Test
    void unitsThatReconnectWithoutEnd() throws Exception {
        try (Attack attack = attack().eachSecond(200, Lines.hangingUp(number -> known(1 + number % 2)))) {
            meanwhile("two units that reconnect, 200 times a second", WINDOW);
            assertThat(attack.finished()).isPositive();
        }
    }

    @Test
    void logsWithoutEnd() throws Exception {
        double before = desk.meter("identicom_receiver_events_total", "class=\"routine\"");
        try (Attack attack = attack().once(4, Lines.endlessLog(number -> known(3 + number)))) {
            meanwhile("four logs without end", WINDOW);
            assertThat(attack.connected()).isEqualTo(4);
            LOG.info("{} entries", desk.meter("identicom_receiver_events_total", "class=\"routine\"") - before);
        }
    }

    @Test
    void picturesThatAreNotWhatTheirListSays() throws Exception {
        try (Attack attack = attack().atOnce(5, Lines.pictures(number -> known(7 + number % 5)))) {
            meanwhile("pictures too large, without end, blocks of other places", WINDOW);
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(desk.meter("identicom_receiver_missteps_total", "kind=\"wrong-echo\""))
                        .isPositive();
                assertThat(desk.meter("identicom_receiver_pictures_total", "outcome=\"too-large\""))
                        .isPositive();
            });
            assertThat(attack.connected()).isGreaterThan(5);
        }
    }

    @Test
    void emergenciesWithoutEnd() throws Exception {
        double before = desk.meter("identicom_receiver_events_total", "class=\"critical\"");
        try (Attack attack = attack().once(2, Lines.endlessEmergencies(number -> known(12 + number)))) {
            meanwhile("two known units that push man-downs without end", WINDOW);
            assertThat(attack.connected()).isEqualTo(2);
            LOG.info("{} entries", desk.meter("identicom_receiver_events_total", "class=\"critical\"") - before);
        }
    }

    @Test
    void proxyHeadersFromWhereNoneMayComeAndNoneFromWhereOneMust() throws Exception {
        byte[] unit = MessageEncoder.frame(new Identification(known(14), "4.2.1"));
        try (Attack elsewhere = attack().eachSecond(50, Lines.bytes(number -> HEADER));
                Attack without = from(BALANCER).eachSecond(50, Lines.bytes(number -> unit));
                Attack wrong = from(BALANCER)
                        .eachSecond(50, Lines.bytes(number -> MALFORMED.get(number % MALFORMED.size())))) {
            meanwhile("PROXY headers untrusted, missing, malformed: 150 a second", WINDOW);
            for (Attack one : List.of(elsewhere, without, wrong)) {
                assertThat(one.finished()).isPositive();
            }
        }
        for (String kind : List.of("untrusted", "missing", "malformed")) {
            assertThat(desk.meter("identicom_receiver_proxy_faults_total", "kind=\"" + kind + "\""))
                    .as(kind)
                    .isPositive();
        }
    }

    /** A carrier's address is everybody's: who says nothing there shuts out none of those who say who they are. */
    @Test
    void unitsBehindTheAddressFromWhichOthersFloodTheStation() throws Exception {
        AtomicInteger served = new AtomicInteger();
        String carrier = "127.0.7.7";
        int silent = 2 * UNIDENTIFIED;
        double before = desk.meter("identicom_receiver_connections_dropped_total", "why=\"unidentified\"");
        try (Attack flood = from(carrier).atOnce(silent, Lines::silent)) {
            await().atMost(PATIENCE)
                    .until(() -> desk.meter("identicom_receiver_connections_dropped_total", "why=\"unidentified\"")
                            > before);
            try (Attack units = from(carrier).once(CARRIER, (socket, number) -> {
                RawUnit unit = RawUnit.over(socket);
                unit.send(new Identification(behindCarrier(number), "4.2.1"));
                if (unit.next(PATIENCE).filter(ReadEventLog.class::isInstance).isPresent()) {
                    served.incrementAndGet();
                }
            })) {
                meanwhile(CARRIER + " units of one address, from which " + silent + " say nothing", WINDOW);
                await().atMost(PATIENCE).untilAsserted(() -> assertThat(served).hasValue(CARRIER));
                assertThat(units.connected()).isEqualTo(CARRIER);
                assertThat(flood.connected()).isGreaterThan(silent);
            }
        }
    }

    private void whileNothing(String name) throws Exception {
        meanwhile(name, WINDOW);
    }

    /** Lets it go on for so long; no good session may fail, and each man-down of the time is shown as promised. */
    private void meanwhile(String name, Duration window) throws Exception {
        meanwhile(name, window, 0);
    }

    /** @param cutOff so many sessions may be reset before they began */
    private void meanwhile(String name, Duration window, int cutOff) throws Exception {
        good.during(name);
        emergencies.during(name);
        long until = System.nanoTime() + window.toNanos();
        await().atMost(window.plus(PATIENCE))
                .until(() -> System.nanoTime() > until && good.sessions(name).size() >= GOOD / 2);
        good.during("between");
        emergencies.during("between");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(waits(name)).hasSize(emergencies.fallen(name)));
        List<SessionReport> sessions = good.sessions(name);
        report.add(name, sessions, waits(name));
        assertThat(sessions)
                .noneMatch(session -> session.end().failure() && session.end() != SessionEnd.RESET)
                .filteredOn(session -> session.end() == SessionEnd.RESET)
                .hasSizeLessThanOrEqualTo(cutOff);
        assertThat(waits(name)).isNotEmpty().allMatch(wait -> wait.took().compareTo(PROMISED) < 0);
    }

    private List<Emergencies.Wait> waits(String name) {
        return emergencies.waits(stream).stream()
                .filter(wait -> wait.during().equals(name))
                .toList();
    }

    private double lookups() throws IOException, InterruptedException {
        return desk.meter("identicom_receiver_lookups_total", "found") // found and not-found
                + desk.meter("identicom_receiver_lookups_total", "outcome=\"failed\"");
    }

    private long strangersAlerts() {
        return stream.heard().stream()
                .filter(heard -> heard.event().equals("alert"))
                .filter(heard -> heard.data().path("kind").asText().equals("unregistered-unit"))
                .map(heard -> heard.data().path("id").asText())
                .distinct()
                .count();
    }

    private Attack attack() {
        return new Attack(system.units(), Sources.MANY);
    }

    private Attack from(String address) {
        return new Attack(system.units(), Sources.one(address));
    }

    private String unknown(int number) {
        return "NOBODY" + strangers.incrementAndGet();
    }

    private static String known(int number) {
        return "EVIL-" + number;
    }

    private static String behindCarrier(int number) {
        return "CARR-" + number;
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
