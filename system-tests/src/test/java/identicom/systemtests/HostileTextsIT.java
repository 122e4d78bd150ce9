package identicom.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import identicom.simulator.raw.RawUnit;
import identicom.simulator.unit.SimulatedUnit;
import identicom.systemtests.harness.BrowserWindow;
import identicom.systemtests.harness.Chromium;
import identicom.systemtests.harness.Desk;
import identicom.systemtests.harness.RunningSystem;
import identicom.wire.event.StandardEvent;
import java.io.IOException;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * What people and units write is data: it acts in no log line, page, header, text message or export. What is only one module's, such
 * as the mail's header and the cells of CSV, is tested there ({@code MailChannelTest}, {@code CsvWriterTest}, {@code MessageTextTest}).
 */
@ExtendWith(SharedSystem.class)
class HostileTextsIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String PHONE = "+447700900199";
    private static final String INJECTED = "X-Injected: 1";

    /** What acts in a terminal, in a header, or on whoever reads it; nobody is called so. */
    static final List<String> UNPRINTABLE = List.of(
            "Jo\r\n" + INJECTED,
            "Jo\n2026-01-01T00:00:00.000Z INFO  [main] all is well",
            "Jo\u001b[2J\u001b[31m",
            "Jo\u0000Smith",
            "Jo\u202eTIMS",
            "Jo\u200f",
            "Jo\u2028x",
            "Jo\u009b31m");

    /** What acts in a page, in a log framework, in a spreadsheet or in SQL; somebody may be called so. */
    static final List<String> PRINTABLE = List.of(
            "<script>document.title='owned'</script>",
            "<img src=x onerror=document.title='owned'>",
            "${jndi:ldap://127.0.0.1:1/a}",
            "=HYPERLINK(\"http://127.0.0.1/\")",
            "@SUM(A1:A9)",
            "x'); drop table alerts.alert; --",
            "%n%s%x {} {0}");

    private static Stream<String> all() {
        return Stream.concat(UNPRINTABLE.stream(), PRINTABLE.stream());
    }

    @ParameterizedTest
    @FieldSource("UNPRINTABLE")
    void nobodyIsCalledWhatCannotBePrinted(String text, RunningSystem system, Desk desk) throws Exception {
        for (String field : List.of("wearer", "site", "phone")) {
            Desk.Answer refused = desk.put("/api/v1/units/TEXT-NONE", Map.of(field, text));
            assertThat(refused.status()).as(field).isEqualTo(400);
            assertThat(refused.body().chars().filter(one -> one < ' ')).isEmpty();
        }
        assertThat(desk.get("/api/v1/units/TEXT-NONE").status()).isEqualTo(404);
        cleanLog(system);
    }

    @Test
    void aNameThatLooksLikeCodeIsANameInTheAlertTheTextMessageAndOnThePage(RunningSystem system, Desk desk)
            throws Exception {
        put(
                desk,
                "/api/v1/escalation-policies/hostile-texts",
                Map.of(
                        "levels",
                        List.of(Map.of(
                                "afterSeconds", 0, "targets", List.of(Map.of("channel", "sms", "address", PHONE))))));
        for (int number = 0; number < PRINTABLE.size(); number++) {
            desk.introduce("TEXT-" + number, PRINTABLE.get(number), Map.of("site", "hostile"));
        }
        put(
                desk,
                "/api/v1/escalation-assignments",
                Map.of("assignments", List.of(Map.of("site", "hostile", "policy", "hostile-texts"))));
        for (int number = 0; number < PRINTABLE.size(); number++) {
            SimulatedUnit unit = new SimulatedUnit("TEXT-" + number, "4.2.1", number);
            unit.log(StandardEvent.MAN_DOWN, Instant.now());
            try (DialIn session = DialIn.of(unit, system, 1400)) {
                session.toItsEnd((request, dialIn) -> {});
            }
        }
        for (int number = 0; number < PRINTABLE.size(); number++) {
            String wearer = PRINTABLE.get(number);
            JsonNode alert = alert(desk, "TEXT-" + number);
            assertThat(alert.get("wearer").asText()).isEqualTo(wearer);
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(told(desk, alert))
                            .hasValueSatisfying(text -> assertThat(text)
                                    .startsWith(
                                            "MAN DOWN " + alert.get("reference").asText() + ": " + cut(wearer))));
        }
        onThePage(system, desk);
        cleanLog(system);
    }

    private static void onThePage(RunningSystem system, Desk desk) throws Exception {
        try (Chromium chromium = Chromium.start();
                BrowserWindow window = chromium.wide(system).open("", "admin", RunningSystem.ADMIN_PASSWORD)) {
            for (int number = 0; number < PRINTABLE.size(); number++) {
                String id = alert(desk, "TEXT-" + number).get("id").asText();
                window.go("#/alerts/" + id);
                window.page().getByText(PRINTABLE.get(number)).first().waitFor();
                assertThat(window.page().title()).isNotEqualTo("owned");
            }
            assertThat(window.complaints()).isEmpty();
        }
    }

    @Test
    void whatIsWrittenDownIsReadAsItWasWritten(RunningSystem system, Desk desk) throws Exception {
        desk.introduce("TEXT-NOTE", "Jo Smith", Map.of());
        SimulatedUnit unit = new SimulatedUnit("TEXT-NOTE", "4.2.1", 1);
        unit.log(StandardEvent.MAN_DOWN, Instant.now());
        try (DialIn session = DialIn.of(unit, system, 1400)) {
            session.toItsEnd((request, dialIn) -> {});
        }
        String path = "/api/v1/alerts/" + alert(desk, "TEXT-NOTE").get("id").asText();
        for (String text : all().toList()) {
            Desk.Answer answer = desk.post(path + "/notes", Map.of("text", text));
            assertThat(answer.status()).as(text).isIn(200, 400);
            assertThat(answer.body().chars().filter(one -> one < ' ')).as(text).isEmpty();
        }
        List<String> notes = alert(desk, "TEXT-NOTE").findValuesAsText("detail");
        assertThat(notes).containsAll(PRINTABLE);
        cleanLog(system);
    }

    @Test
    void whoeverTriesToLogInAsSuchIsRefusedAndStandsInTheAuditTrailAsData(RunningSystem system, Desk desk)
            throws Exception {
        for (String text : all().toList()) {
            Desk.Answer answer =
                    Desk.stranger(system).post("/api/v1/login", Map.of("user", text, "password", "wrong-password"));
            assertThat(answer.status()).as(text).isIn(400, 401, 429);
        }
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(
                                desk.get("/api/v1/audit?limit=1000").body())
                        .contains("jndi")
                        .satisfies(body -> assertThat(body.chars().filter(one -> one < ' '))
                                .isEmpty()));
        cleanLog(system);
    }

    @ParameterizedTest
    @FieldSource("UNPRINTABLE")
    void nothingInARequestBecomesAHeaderOrALine(String text, RunningSystem system) throws Exception {
        String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8);
        for (String path : List.of("/" + encoded, "/api/v1/units/" + encoded, "/page/" + encoded)) {
            String answer = answer(system, "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n");
            assertThat(answer).startsWith("HTTP/1.1 4").doesNotContain("\n" + INJECTED);
        }
        for (String header : List.of("Authorization", "Cookie", "X-Forwarded-For", "traceparent", "Origin")) {
            String head = text.replace("\r", "").replace("\n", " ");
            String answer = answer(
                    system,
                    "GET /api/v1/units HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + header + ": " + head + "\r\n");
            assertThat(answer).startsWith("HTTP/1.1 4").doesNotContain("\n" + INJECTED);
        }
        cleanLog(system);
    }

    @ParameterizedTest
    @FieldSource("UNPRINTABLE")
    void aUnitThatCallsItselfSoIsEndedAndQuotedNowhere(String text, RunningSystem system) throws Exception {
        for (int field : new int[] {2, 14}) {
            byte[] frame = new byte[21];
            frame[0] = 0x1e;
            frame[1] = (byte) 0x81;
            frame[2] = 'A';
            frame[14] = '1';
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            System.arraycopy(bytes, 0, frame, field, Math.min(bytes.length, field == 2 ? 12 : 6));
            frame[20] = 0x1e;
            try (RawUnit unit = RawUnit.dial(system.units())) {
                unit.send(frame);
                assertThat(unit.untilEnd(LIMIT)).isZero();
            }
        }
        cleanLog(system);
    }

    /** One line an event, and nothing in it that a terminal obeys. */
    private static void cleanLog(RunningSystem system) {
        assertThat(system.output())
                .noneMatch(line -> line.chars().anyMatch(one -> one < ' ' && one != '\t' || one == 0x7f))
                .noneMatch(line -> line.startsWith(INJECTED) || line.contains("] all is well"))
                .noneMatch(line -> line.chars().anyMatch(one -> one >= 0x80 && one < 0xa0))
                .noneMatch(line -> line.contains("\u202e") || line.contains("\u200f") || line.contains("\u2028"));
    }

    /** The head of what is answered. */
    private static String answer(RunningSystem system, String head) throws IOException {
        try (Socket socket =
                new Socket(system.http("/").getHost(), system.http("/").getPort())) {
            socket.setSoTimeout((int) LIMIT.toMillis());
            socket.getOutputStream().write((head + "\r\n").getBytes(StandardCharsets.UTF_8));
            StringBuilder answer = new StringBuilder();
            for (int one = socket.getInputStream().read();
                    one >= 0 && answer.indexOf("\r\n\r\n") < 0;
                    one = socket.getInputStream().read()) {
                answer.append((char) one);
            }
            return answer.toString();
        }
    }

    private static Optional<String> told(Desk desk, JsonNode alert) throws Exception {
        return desk
                .all("/api/v1/notifications?channel=sms&alert="
                        + alert.get("id").asText())
                .stream()
                .map(one -> one.get("text").asText())
                .findFirst();
    }

    /** A text message has room for so much of a name. */
    private static String cut(String wearer) {
        return wearer.substring(0, Math.min(wearer.length(), 30));
    }

    private static JsonNode alert(Desk desk, String serial) throws Exception {
        await().atMost(LIMIT).until(() -> !desk.alerts(serial).isEmpty());
        return desk.alerts(serial).getFirst();
    }

    private static void put(Desk desk, String path, Object body) throws Exception {
        Desk.Answer answer = desk.put(path, body);
        assertThat(answer.status()).as(answer.body()).isIn(200, 201);
    }
}
