package identicom.systemtests.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import identicom.systemtests.harness.Desk;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a session, an event, a picture, an alert and a screen cost each process, and what a connection holds. Not run with the others: it
 * promises nothing, it measures. docs/operations/sizing.md has the command, and what follows from the figures.
 */
@Tag("measure")
class CostIT {
    private static final Logger LOG = LoggerFactory.getLogger(CostIT.class);
    private static final int UNITS = 5_000;
    private static final int KNOWN = 30_000;
    private static final Duration STRETCH = Duration.ofSeconds(30);
    private static final Duration KNOWING = Duration.ofMinutes(2);

    private static final int CALLING = 250;
    private static final int TALKING = 1_000;
    private static final int EVENTS = 20;
    private static final int TALKING_A_SECOND = 100;
    private static final int PICTURES = 150;
    private static final int PICTURES_A_SECOND = 10;
    private static final int FALLS = 300;
    private static final int FALLS_A_SECOND = 25;
    private static final int SCREENS = 50;
    private static final int BEATS = 3_000;
    private static final int HELD = 5_000;
    private static final int AT_ONCE = 5_000;
    private static final int EVENTS_AT_ONCE = 4;
    private static final int LATE = 2_000;
    private static final int EVENTS_LATE = 10;

    @AutoClose
    private static Installation installation;

    private static Meter meter;
    private static Desk operator;

    private final Table table = new Table();
    private final StringBuilder more = new StringBuilder();
    private long seed;
    private long events;

    @BeforeAll
    static void start() throws Exception {
        installation = Installation.start();
        meter = new Meter(installation);
        operator = installation.desk("alert-service");
    }

    @Test
    void whatEverythingCosts() throws Exception {
        commission(0, UNITS);
        warmUp();
        Spent idle = meter.idle(STRETCH);
        table.add("a second of nothing", idle.per(idle.seconds()));
        allResident("at rest");

        Spent session = sessions(idle);
        Spent event = events(idle, session);
        atOnce(idle);
        pictures(idle, session, event);
        Spent alert = alerts(idle, session);
        known(idle);
        connections();
        screens(idle, session, alert);
        allResident("at the end");
        late(idle);
        relations();

        assertThat(installation.backing().number("select count(*) from event_log.event"))
                .as("events stored")
                .isEqualTo(events);
        LOG.info(
                "{} processors, Java {}\n{}\n{}",
                Runtime.getRuntime().availableProcessors(),
                Runtime.version(),
                table.text(),
                more);
    }

    /** Puts units on the whitelist as they stand there in life; returns when the station knows them. */
    private static void commission(int from, int to) throws Exception {
        List<String> serials = Load.serials(installation.units(), to);
        StringBuilder csv = new StringBuilder("serial,wearer,phone,site\n");
        for (int number = from; number < to; number++) {
            csv.append("%s,Wearer %d of the North,+4477009%05d,Site %d%n"
                    .formatted(serials.get(number), number, number, number % 100));
        }
        Desk.Answer answer =
                installation.desk("fleet-service").send("POST", "/api/v1/units/import", "text/csv", csv.toString());
        assertThat(answer.json().path("created").asInt()).as(answer.body()).isEqualTo(to - from);
        Desk station = Desk.stranger(installation.process(Installation.STATION).site());
        await("the station knows all")
                .atMost(KNOWING)
                .until(() -> station.meter("identicom_receiver_whitelist_units", "") == to);
        meter.settle("");
    }

    /** What it costs to know units that never call. */
    private void known(Spent idle) throws Exception {
        Map<String, Memory> before = memories();
        Spent spent = meter.of(() -> commission(UNITS, KNOWN)).without(idle);
        table.add("unit on the whitelist", spent.per(KNOWN - UNITS));
        memories()
                .forEach((process, memory) -> say("a unit on the whitelist at %s: %s"
                        .formatted(process, memory.less(before.get(process)).per(KNOWN - UNITS))));
    }

    private static Map<String, Memory> memories() throws Exception {
        Map<String, Memory> memories = new TreeMap<>();
        for (String process : List.of(Installation.STATION, "alert-service", "fleet-service")) {
            memories.put(process, Memory.of(installation.process(process)));
        }
        return memories;
    }

    private Load load(int units) {
        return Load.of(installation.units(), units, ++seed);
    }

    /** Everything that is measured first was done before: 8,350 sessions, 30,000 events, 300 alerts on 50 screens, 50 pictures. */
    private void warmUp() throws Exception {
        try (Load all = load(UNITS);
                Load talking = load(TALKING * 3).withEvents(EVENTS / 2);
                Load falling = load(FALLS).withFalls();
                Load pictures = load(PICTURES / 3).withPictures()) {
            all.dial(CALLING);
            talking.dial(TALKING_A_SECOND * 3);
            pictures.dial(PICTURES_A_SECOND);
            try (Screens warm = screens()) {
                falling.dial(FALLS_A_SECOND);
                meter.settle("");
                warm.awaitChange(lastChange());
            }
        }
        takeAndClose();
        events += TALKING * 3 * EVENTS / 2 + FALLS + PICTURES / 3;
        meter.settle("");
    }

    private Spent sessions(Spent idle) throws Exception {
        try (Load calling = load(UNITS)) {
            Spent all = meter.of(() -> calling.dial(CALLING)).without(idle);
            Spent each = all.per(calling.sessions());
            table.add("session without events", each);
            return each;
        }
    }

    private Spent events(Spent idle, Spent session) throws Exception {
        try (Load talking = load(TALKING).withEvents(EVENTS)) {
            Spent all = meter.of(() -> talking.dial(TALKING_A_SECOND)).without(idle);
            events += TALKING * EVENTS;
            Spent each = all.less(session, talking.sessions()).per(TALKING * EVENTS);
            table.add("event", each);
            return each;
        }
    }

    private void pictures(Spent idle, Spent session, Spent event) throws Exception {
        try (Load pictures = load(PICTURES).withPictures()) {
            Spent all = meter.of(() -> pictures.dial(PICTURES_A_SECOND)).without(idle);
            events += PICTURES;
            table.add(
                    "picture",
                    all.less(session, pictures.sessions()).less(event, PICTURES).per(PICTURES));
            say("a picture has %,d bytes".formatted(pictures.pictureBytes() / PICTURES));
        }
    }

    private Spent alerts(Spent idle, Spent session) throws Exception {
        Spent each;
        try (Load falling = load(FALLS).withFalls()) {
            Spent all = meter.of(() -> falling.dial(FALLS_A_SECOND)).without(idle);
            events += FALLS;
            each = all.less(session, falling.sessions()).per(FALLS);
        }
        table.add("alert, its event included", each);
        Spent taken = meter.of(CostIT::takeAndClose).without(idle);
        table.add("alert taken and closed", taken.per(FALLS));
        return each;
    }

    private void screens(Spent idle, Spent session, Spent alert) throws Exception {
        Memory before = Memory.of(installation.process("alert-service"));
        try (Screens screens = screens();
                Load falling = load(FALLS).withFalls()) {
            Memory open = Memory.of(installation.process("alert-service"));
            say("a screen that is open: %s".formatted(open.less(before).per(SCREENS)));
            Spent watching = meter.idle(STRETCH);
            Spent second = watching.without(idle).per(watching.seconds() * SCREENS);
            table.add("second of a screen", second);

            long first = lastChange();
            Spent all = meter.of(() -> {
                falling.dial(FALLS_A_SECOND);
                meter.settle("");
                screens.awaitChange(lastChange());
            });
            events += FALLS;
            double changes = lastChange() - first;
            say("changes an alert until it is taken: %.1f".formatted(changes / FALLS));
            table.add(
                    "change on a screen",
                    all.without(watching)
                            .less(session, falling.sessions())
                            .less(alert, FALLS)
                            .per(changes * SCREENS));
        }
        takeAndClose();
        Spent beats = meter.of(() -> {
            for (int beat = 0; beat < BEATS; beat++) {
                assertThat(operator.send("POST", "/api/v1/alerts/stream/beat", "", "")
                                .status())
                        .isEqualTo(204);
            }
        });
        table.add("answer to a heartbeat", beats.without(idle).per(BEATS));
    }

    private static Screens screens() throws Exception {
        return Screens.open(SCREENS, installation.process("alert-service").port(), operator.token());
    }

    private static long lastChange() throws Exception {
        return installation.backing().number("select max(id) from alerts.change");
    }

    private static void takeAndClose() throws Exception {
        List<JsonNode> open = operator.all("/api/v1/alerts?state=open&kind=man-down");
        assertThat(open).hasSize(FALLS);
        for (JsonNode alert : open) {
            String path = "/api/v1/alerts/" + alert.get("id").asText();
            assertThat(operator.post(path + "/acknowledge", Map.of()).status()).isEqualTo(200);
            assertThat(operator.post(path + "/close", Map.of("outcome", "genuine", "note", "measured"))
                            .status())
                    .isEqualTo(200);
        }
    }

    private void connections() throws Exception {
        Memory before = Memory.of(installation.process(Installation.STATION));
        double balancer = resident("HAProxy");
        try (Connections held = Connections.of(installation.units(), Load.serials(installation.units(), HELD))) {
            Memory open = Memory.of(installation.process(Installation.STATION));
            say("a connection at the station: %s".formatted(open.less(before).per(held.count())));
            say("a connection at HAProxy: %,.0f bytes resident"
                    .formatted((resident("HAProxy") - balancer) / held.count()));
        }
        meter.settle("");
    }

    private void atOnce(Spent idle) throws Exception {
        try (Load all = load(AT_ONCE).withEvents(EVENTS_AT_ONCE)) {
            Duration[] emptied = new Duration[1];
            Spent spent = meter.of(() -> {
                long started = System.nanoTime();
                all.dialAtOnce();
                emptied[0] = Duration.ofNanos(System.nanoTime() - started);
            });
            events += AT_ONCE * EVENTS_AT_ONCE;
            table.add(
                    "one of %,d at once, with %d events".formatted(AT_ONCE, EVENTS_AT_ONCE),
                    spent.without(idle).per(all.sessions()));
            say("%,d at once: the last is empty after %.1f s".formatted(AT_ONCE, emptied[0].toMillis() / 1e3));
        }
    }

    /** What the services do with records that have waited for them, one service after the other. */
    private void late(Spent idle) throws Exception {
        List<String> services = List.of("log-service", "fleet-service", "alert-service");
        for (String service : services) {
            installation.stop(service);
        }
        try (Load talking = load(LATE).withEvents(EVENTS_LATE)) {
            talking.dial(CALLING);
            events += LATE * EVENTS_LATE;
        }
        for (String service : services) {
            String groups = service.replace("-service", "");
            Spent spent =
                    meter.of(() -> installation.startAgain(service), groups).without(idle);
            say(
                    "%s reads late what %,d sessions with %d events were; each session costs PostgreSQL %,.0f µs, and the loops took%n%s"
                            .formatted(
                                    service,
                                    LATE,
                                    EVENTS_LATE,
                                    spent.of(new Quantity(Quantity.Kind.PROCESSOR, "PostgreSQL")) / LATE,
                                    Loops.text(installation.process(service))));
        }
    }

    /** What the event log's bytes are. */
    private void relations() throws Exception {
        for (String relation : installation.backing().column("""
                        select c.relname || ': ' || pg_relation_size(c.oid) / %d
                          from pg_class c join pg_namespace n on n.oid = c.relnamespace
                         where n.nspname = 'event_log' and c.relkind in ('r', 'i')
                         order by pg_relation_size(c.oid) desc limit 8""".formatted(events))) {
            say("bytes an event in " + relation);
        }
    }

    private void allResident(String when) {
        installation
                .parts()
                .keySet()
                .forEach(part -> say("%s %s: %,.0f MB resident".formatted(part, when, resident(part) / (1 << 20))));
    }

    private static double resident(String part) {
        return Kernel.residentBytes(installation.parts().get(part).get());
    }

    private void say(String line) {
        LOG.info("{}", line);
        more.append(line).append('\n');
    }
}
