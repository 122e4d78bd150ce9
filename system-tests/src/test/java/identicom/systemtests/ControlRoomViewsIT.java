package identicom.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import identicom.systemtests.harness.Accessibility;
import identicom.systemtests.harness.BrowserWindow;
import identicom.systemtests.harness.Chromium;
import identicom.systemtests.pretend.PretendSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the page makes of what a system says, with a system that only pretends, in a real browser. */
class ControlRoomViewsIT {
    private static final String MAN_DOWN = "a0000000-0000-4000-8000-000000000001";
    private static final String TAKEN = "a0000000-0000-4000-8000-000000000002";
    private static final String MASS_LOSS = "a0000000-0000-4000-8000-000000000003";
    private static final String TEST = "a0000000-0000-4000-8000-000000000004";
    private static final String TECHNICAL = "a0000000-0000-4000-8000-000000000005";

    private static Chromium chromium;
    private PretendSystem system;

    @BeforeAll
    static void launch() {
        chromium = Chromium.start();
    }

    @AfterAll
    static void end() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void start() throws IOException {
        system = PretendSystem.start();
    }

    @AfterEach
    void stop() {
        system.close();
    }

    /** Every place in the page, by the name of its picture, with what has to be there before it is looked at. */
    private static Map<String, List<String>> places() {
        Map<String, List<String>> places = new LinkedHashMap<>();
        places.put("alerts", List.of("#/alerts", "[data-list=tests] .row"));
        places.put("alert", List.of("#/alerts/" + MAN_DOWN, ".alert-head.loud"));
        places.put("alert-taken", List.of("#/alerts/" + TAKEN, "[data-attend=due]"));
        places.put("alert-mass-loss", List.of("#/alerts/" + MASS_LOSS, "[data-named]"));
        places.put("alert-test", List.of("#/alerts/" + TEST, "[data-watermark]"));
        places.put("alert-technical", List.of("#/alerts/" + TECHNICAL, ".alert"));
        places.put("units", List.of("#/units", "[data-serial=PIT4-017]"));
        places.put("unit", List.of("#/units/PIT4-017", ".choice .facts"));
        places.put("supervision", List.of("#/supervision", ".table [data-serial=PIT4-044]"));
        places.put("supervision-tests", List.of("#/supervision?show=on-test", ".table [data-serial=TEST-001]"));
        places.put("events", List.of("#/events", ".empty"));
        places.put("pictures", List.of("#/pictures", ".empty"));
        places.put("system", List.of("#/system", "[data-part=canary][data-ok=true]"));
        places.put("escalation", List.of("#/escalation/night", ".levels"));
        places.put("escalation-groups", List.of("#/escalation?show=groups", "[aria-label='Group night-shift']"));
        places.put("escalation-assignments", List.of("#/escalation?show=assignments", ".table"));
        places.put("outbox", List.of("#/outbox", "[data-notification=n1]"));
        places.put("statistics", List.of("#/statistics", "canvas[data-drawn=true]"));
        places.put("audit", List.of("#/audit", "[data-action='policy.put']"));
        places.put("checklists", List.of("#/checklists", "[data-kind=man-down] li"));
        return places;
    }

    @ParameterizedTest
    @CsvSource({"wide", "phone"})
    void everyViewIsWithoutGraveFindingsAndFitsItsScreen(String screen) throws IOException {
        Path pictures =
                Files.createDirectories(Path.of(System.getProperty("identicom.screenshots", "target/screenshots")));
        try (BrowserWindow looking = window(screen).login("");
                BrowserWindow checked = window(screen).login("")) {
            places().forEach((name, place) -> {
                looking.go(place.get(0));
                looking.find(place.get(1)).first().waitFor();
                looking.picture(pictures.resolve("page-" + name + "-" + screen + ".png"));
                assertThat(looking.page().evaluate("document.documentElement.scrollWidth - innerWidth"))
                        .as("%s is wider than a screen that is %s by", name, screen)
                        .isEqualTo(0);
                checked.go(place.get(0));
                checked.find(place.get(1)).first().waitFor();
                assertThat(Accessibility.findings(checked)).as(name).isEmpty();
            });
            assertThat(looking.complaints()).isEmpty();
        }
    }

    @Test
    void theJourneyIsALineOfStepsAndNoneTookLessThanNothing() {
        try (BrowserWindow window = chromium.wide(system).login("#/alerts/" + TAKEN)) {
            assertThat(step(window, "acceptedAt").innerText()).contains("+0.10 s");
            assertThat(step(window, "acknowledgedAt").innerText()).contains("+8.3 s");
            assertThat(window.find(".journey-sum").innerText()).contains("9.0 s", "within 10 s");
            assertThat(window.find("[data-skew]").count()).isZero();

            window.go("#/alerts/" + MAN_DOWN);
            assertThat(window.find("[data-skew='12']").innerText()).contains("12.0 s ahead");
            assertThat(step(window, "acceptedAt").innerText()).contains("+3.6 s");
            assertThat(step(window, "acknowledgedAt").innerText()).contains("not yet");
            assertThat(window.find(".story").first().innerText()).contains("Man down cleared", "closes nothing");
            assertThat(window.find(".alert").getAttribute("data-state")).isEqualTo("open");

            Object least = window.page().evaluate("""
                    async () => {
                        const { steps } = await import('/page/journey.js');
                        const line = steps({ unitTime: '2026-01-01T10:00:09Z', acceptedAt: '2026-01-01T10:00:05Z',
                            raisedAt: '2026-01-01T10:00:04Z', shownAt: '2026-01-01T10:00:01Z', clockSkewSeconds: null });
                        return line.every(step => step.ms === null || step.ms >= 0) && line.find(step => step.name === 'shownAt').ms === null;
                    }
                    """);
            assertThat(least).isEqualTo(true);
            assertThat(window.complaints()).isEmpty();
        }
    }

    @Test
    void anOlderChangeOfAnAlertUndoesNoNewerOneWhateverTheirHistoriesSay() {
        try (BrowserWindow window = chromium.wide(system).login("#/alerts/" + TAKEN)) {
            Object known = window.page().evaluate("""
                    async () => {
                        const { store } = await import('/page/store.js');
                        const told = (state, at) => ({ id: 'one', stored: true, state, raisedAt: at, history: [{ at, what: 'raised' }] });
                        const states = [];
                        const put = (alert, change) => { store.put(alert, change); states.push(store.alert('one').state); };
                        put(told('open', '2026-01-01T10:00:09Z'), 7);
                        put(told('acknowledged', '2026-01-01T10:00:05Z'), 8);
                        put(told('open', '2026-01-01T10:00:09Z'), 7);
                        put(told('closed', '2026-01-01T10:00:12Z'));
                        put(told('acknowledged', '2026-01-01T10:00:11Z'), 9);
                        store.remove('one');
                        return states.join(' ');
                    }
                    """);
            assertThat(known).isEqualTo("open acknowledged acknowledged closed closed");
        }
    }

    @Test
    void theStreamIsReadAlikeInWhateverPiecesItComes() {
        try (BrowserWindow window = chromium.wide(system).login("#/alerts/" + TAKEN)) {
            Object alike = window.page().evaluate("""
                    async () => {
                        const { read } = await import('/page/sse.js');
                        const text = 'id: 1\\r\\nevent: alert\\r\\ndata: {}\\r\\n\\r\\nevent: live\\ndata: a\\ndata: b\\n\\n';
                        const frames = async (size) => {
                            const heard = [];
                            const body = new ReadableStream({ start(to) {
                                for (let at = 0; at < text.length; at += size) to.enqueue(new TextEncoder().encode(text.slice(at, at + size)));
                                to.close();
                            } });
                            await read(body, (frame) => heard.push(frame));
                            return JSON.stringify(heard);
                        };
                        const all = await Promise.all([1, 2, 3, 5, 7, 11, text.length].map(frames));
                        return [...new Set(all)].join(' or ');
                    }
                    """);
            assertThat(alike)
                    .isEqualTo(
                            "[{\"event\":\"alert\",\"id\":\"1\",\"data\":\"{}\"},{\"event\":\"live\",\"data\":\"a\\nb\"}]");
        }
    }

    @Test
    void stepsAreDoneOneByOneAndOpenOnesKeepTheAlertOpen() {
        try (BrowserWindow window = chromium.wide(system).login("#/alerts/" + MAN_DOWN)) {
            close(window);
            window.find("[data-open-steps='4']").waitFor();
            assertThat(window.find("[data-open-steps]").innerText())
                    .contains("Call the wearer", "Tell the duty manager");

            for (int open = 4; open > 0; open--) {
                assertThat(window.find(".step-button").count()).isEqualTo(open);
                window.find(".step-button").first().click();
                window.find(".checklist [data-done=true]").nth(4 - open).waitFor();
            }
            window.page().getByLabel("Another step").fill("Rang the farm <b>next door</b>");
            window.find(".step-extra button").click();
            window.page().getByText("Beside the list").waitFor();
            assertThat(window.find(".checklist").innerText()).contains("Rang the farm <b>next door</b>", "all done");
            assertThat(window.find(".checklist [data-done=true]").first().innerText())
                    .contains("admin");

            window.page().getByText("Close this alert").click();
            window.find(".alert[data-state=closed]").waitFor();
            assertThat(window.complaints()).isEmpty();
        }
    }

    private static void close(BrowserWindow window) {
        window.find(".deeds").waitFor();
        window.page().keyboard().press("c");
        window.page().getByLabel("False alarm").check();
        window.page().getByText("Close this alert").click();
    }

    @Test
    void whoIsTooLateIsToldWhoHasTheAlert() {
        system.change(MAN_DOWN, "{\"acknowledgedBy\":\"ida\"}");
        try (BrowserWindow window = chromium.wide(system).login("#/alerts/" + MAN_DOWN)) {
            window.find(".take").click();
            assertThat(window.find(".form-error").innerText()).contains("ida has it");
        }
    }

    @Test
    void aTestIsMarkedStandsApartAndBecomesLiveByOneClick() {
        try (BrowserWindow window = chromium.wide(system).login("#/alerts/" + TEST)) {
            window.find("[data-list=tests] [data-alert='" + TEST + "']").waitFor();
            assertThat(window.find("[data-watermark]").innerText())
                    .contains("TEST", "Nobody outside this page is told");
            assertThat(window.find(".alert-head.loud").count()).isZero();
            assertThat(window.find(".bar .waiting").first().textContent()).startsWith("3");

            window.page().getByText("Make live").click();

            window.find(".alert-head.loud").waitFor();
            assertThat(window.find("[data-watermark]").count()).isZero();
            window.find("[data-list=open] [data-alert='" + TEST + "']").waitFor();
            window.find(".bar .waiting").getByText("4").first().waitFor();
        }
    }

    @Test
    void aMassLossNamesItsUnitsAndSaysHowManyMore() {
        try (BrowserWindow window = chromium.phone(system).login("#/alerts/" + MASS_LOSS)) {
            Locator units = window.find("[data-named='1000'][data-more='1820']");
            units.waitFor();
            assertThat(units.innerText()).contains("2,820 units", "FLEET-0059", "1,820 more units");
            units.locator("summary").tap();
            units.getByText("FLEET-0999").waitFor();
            assertThat(window.find(".alert-title").innerText()).contains("Site Ladybower");
        }
    }

    @Test
    void whatIsOnAVisibleScreenIsReportedOnce() {
        try (BrowserWindow window = chromium.wide(system)) {
            window.page().addInitScript("""
                    let seen = 'hidden';
                    Object.defineProperty(document, 'visibilityState', { get: () => seen });
                    window.look = () => { seen = 'visible'; document.dispatchEvent(new Event('visibilitychange')); };
                    """);
            window.login("#/alerts/" + MAN_DOWN);
            window.find(".alert-head.loud").waitFor();
            assertThat(system.shown()).as("while the page is hidden").isEmpty();

            window.page().evaluate("look()");
            await().untilAsserted(() -> assertThat(system.shown()).contains(MAN_DOWN, MASS_LOSS, TEST, TECHNICAL));
            assertThat(system.shown()).as("it was on a screen before").doesNotContain(TAKEN);
            system.change(MAN_DOWN, "{\"rings\":2,\"journey\":{\"raisedAt\":\"2026-01-01T10:00:04Z\"}}");
            window.go("#/alerts");
            window.find("[data-alert='" + MAN_DOWN + "']").click();
            window.page().evaluate("look()");
            window.go("#/system");
            window.find("[data-part=canary]").waitFor();
            assertThat(system.shown()).doesNotHaveDuplicates();
        }
        system.change(MAN_DOWN, "{\"journey\":{\"raisedAt\":\"2026-01-01T10:00:04Z\"}}");
        int told = system.shown().size();
        try (BrowserWindow window = chromium.wide(system).open("#/alerts/" + MAN_DOWN, "auditor", "any")) {
            window.find(".alert-head.loud").waitFor();
            window.go("#/system");
            window.find("[data-part=canary]").waitFor();
            assertThat(system.shown()).as("an auditor's screen does not count").hasSize(told);
            assertThat(window.refusals()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "admin,'Alerts Units Supervision Events Pictures System Escalation Outbox Statistics Audit Checklists'",
        "operator,'Alerts Units Supervision Events Pictures System Escalation Outbox Statistics Checklists'",
        "auditor,'Alerts Units Supervision Events Pictures System Escalation Outbox Statistics Audit Checklists'",
        "fleet,'Units Supervision System Checklists'",
    })
    void eachRoleHasItsViewsAndNoButtonThatItMayNotUse(String user, String views) {
        boolean edits = user.equals("admin");
        try (BrowserWindow window = chromium.wide(system).open("#/checklists", user, "any")) {
            window.find(".more-button").click();
            List<String> shown =
                    window.find("nav > a:visible, .more-panel a:visible").allInnerTexts();
            assertThat(shown.stream().map(text -> text.replaceAll("\\W.*", ""))).containsExactly(views.split(" "));
            window.page().keyboard().press("Escape");
            window.find("[data-kind=man-down] li").first().waitFor();
            assertThat(window.page().getByText("Edit").count() > 0).isEqualTo(edits);

            window.go("#/supervision");
            window.find(".table [data-serial=PIT4-044]").waitFor();
            assertThat(window.page().getByText("On test").count() > 0).isEqualTo(!user.equals("auditor"));
            assertThat(window.refusals()).isEmpty();
            assertThat(window.complaints()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"wide", "phone"})
    void everyViewThatHasNoRoomStandsUnderMore(String screen) {
        try (BrowserWindow window = window(screen).login("")) {
            for (String view : List.of("Escalation", "Outbox", "Statistics", "Audit", "Checklists")) {
                window.find(".more-button").click();
                assertThat(Accessibility.findings(window)).isEmpty();
                window.find(".more-panel").getByText(view).click();
                window.find(".view-" + view.toLowerCase(Locale.ROOT)).waitFor();
                window.find(".more-button[aria-expanded=false]").getByText(view).waitFor();
            }
            window.find(".more-button").focus();
            window.page().keyboard().press("Enter");
            window.page().keyboard().press("Tab");
            window.find(".more-panel a:focus").waitFor();
            window.page().keyboard().press("Escape");
            window.find(".more-button[aria-expanded=false]:focus").waitFor();
        }
    }

    @Test
    void anOperatorReadsPoliciesAndAnAdministratorEditsThem() {
        try (BrowserWindow window = chromium.wide(system).open("#/escalation/night", "operator", "any")) {
            window.find(".levels").waitFor();
            assertThat(window.find(".levels").innerText()).contains("night-shift", "40 s after", "18:00 to 08:00");
            assertThat(window.page().getByText("Edit", exactly()).count()).isZero();
        }
        try (BrowserWindow window = chromium.wide(system).login("#/escalation/night")) {
            Page page = window.page();
            page.getByText("Edit", exactly()).click();
            assertThat(Accessibility.findings(window)).isEmpty();
            page.getByText("Add a level").click();
            page.getByLabel("Channel, target 1 of level 4").selectOption("mail");
            page.getByLabel("Address, target 1 of level 4").fill("chief@example.org");
            page.getByText("Only in certain hours, level 4").click();
            page.getByLabel("Time zone, level 4").fill("Europe/Berlin");
            page.getByLabel("sat, level 4").check();
            page.getByText("Save policy").click();
            window.find(".levels").getByText("chief@example.org").waitFor();
            assertThat(window.find(".levels").innerText())
                    .contains("Level 4", "chief@example.org", "mon, tue, wed, thu, fri, sat", "Europe/Berlin");

            page.getByText("New policy").click();
            page.getByLabel("Name").fill("weekend");
            page.getByText("Go on").click();
            page.getByText("Save policy").click();
            window.find(".names [aria-current]").getByText("weekend").waitFor();
            page.getByText("Delete", exactly()).click();
            window.find(".names").getByText("weekend").waitFor(detached());

            window.go("#/escalation?show=groups");
            page.getByText("Edit night-shift").click();
            page.getByText("Add a member").click();
            page.getByLabel("Name of member 3").fill("Ada");
            page.getByLabel("Address of member 3").fill("+441632960969");
            page.getByText("Save group").click();
            window.find("section[aria-label='Group night-shift']")
                    .getByText("+441632960969")
                    .waitFor();

            window.go("#/escalation?show=assignments");
            page.getByText("Edit assignments").click();
            page.getByText("Add an assignment").click();
            page.getByLabel("Unit of assignment 3").fill("pit4-017");
            page.getByLabel("Policy of assignment 3").selectOption("night");
            page.getByText("Save assignments").click();
            window.find("table[data-rows='3']").waitFor();
            assertThat(window.find("table").innerText()).contains("PIT4-017");
        }
    }

    @Test
    void aChecklistIsWrittenAndAUnitIsPutOnTestAndTakenOff() {
        try (BrowserWindow window = chromium.phone(system).login("#/checklists")) {
            Page page = window.page();
            window.find("[data-kind=red-alert] button").tap();
            page.getByLabel("Steps, one a line").fill("Call the wearer\n\n Call the police \n");
            page.getByText("Save checklist").tap();
            window.find("section[data-kind=red-alert] li")
                    .nth(1)
                    .getByText("Call the police", exact())
                    .waitFor();

            window.go("#/units/PIT4-021");
            page.getByText("Put on test").tap();
            page.getByLabel("Minutes").fill("45");
            page.getByText("Put on test").tap();
            window.find(".table [data-serial=PIT4-021]").waitFor();
            assertThat(window.find("[data-serial=PIT4-021]").innerText()).contains("admin", "in 4");
            page.getByText("End the test of PIT4-021").tap();
            window.find(".table [data-serial=PIT4-021]").waitFor(detached());
        }
    }

    @Test
    void messagesAndAuditAreSearchedPageByPage() {
        try (BrowserWindow window = chromium.wide(system).login("#/outbox")) {
            Page page = window.page();
            window.find("table[data-rows='50']").waitFor();
            page.getByText("Show more").click();
            window.find("table[data-rows='65']").waitFor();
            page.getByLabel("State").selectOption("failed");
            window.find("table[data-rows='1']").waitFor();
            assertThat(window.find("table").innerText()).contains("connection refused", "4 attempts");

            window.go("#/audit");
            window.find("table[data-rows='100']").waitFor();
            page.getByText("Show more").click();
            window.find("table[data-rows='146']").waitFor();
            page.getByLabel("Action").fill("policy.put");
            page.getByText("Search").click();
            window.find("table[data-rows='1']").waitFor();
            assertThat(window.find("table").innerText()).contains("3 levels");
            assertThat(window.complaints()).isEmpty();
        }
    }

    @Test
    void aSystemWithoutThesePartsIsCalledThat() {
        system.without(
                "/escalation",
                "/contact-groups",
                "/notifications",
                "/statistics",
                "/supervision",
                "/tests",
                "/canary",
                "/checklists",
                "/audit");
        try (BrowserWindow window = chromium.wide(system).login("")) {
            for (String view : List.of("escalation", "outbox", "statistics", "supervision", "checklists", "audit")) {
                window.go("#/" + view);
                window.find(".view-" + view + " [data-refused='404']").first().waitFor();
            }
            window.go("#/system");
            window.find("[data-part=canary]").getByText("no canary").waitFor();
            assertThat(window.complaints()).isEmpty();
        }
    }

    private BrowserWindow window(String screen) {
        return screen.equals("wide") ? chromium.wide(system) : chromium.phone(system);
    }

    private static Locator step(BrowserWindow window, String name) {
        return window.find(".journey [data-step=" + name + "]");
    }

    private static Page.GetByTextOptions exactly() {
        return new Page.GetByTextOptions().setExact(true);
    }

    private static Locator.GetByTextOptions exact() {
        return new Locator.GetByTextOptions().setExact(true);
    }

    private static Locator.WaitForOptions detached() {
        return new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED);
    }
}
