package identicom.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import identicom.simulator.picture.DrawnPicture;
import identicom.simulator.unit.SimulatedUnit;
import identicom.systemtests.harness.BrowserWindow;
import identicom.systemtests.harness.RunningSystem;
import identicom.wire.event.StandardEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The page, in a real browser, wide and narrow. */
class ControlRoomIT extends ControlRoomSystem {
    private static final List<String> VIEWS = List.of("alerts", "units", "events", "pictures", "system");
    private static final int ROUTINE = 40;
    private static final int MINUTES_OF_PICTURES = 3;

    private static void closeAll(String serial) throws Exception {
        for (JsonNode alert : desk.alerts(serial)) {
            desk.post("/api/v1/alerts/" + alert.get("id").asText() + "/close", Map.of("outcome", "test"));
        }
    }

    private static void awaitRoot(BrowserWindow window, String name, String value) {
        window.find("html[data-" + name + "=" + value + "]")
                .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));
    }

    private static void awaitGone(Locator locator) {
        locator.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
    }

    private static Locator row(BrowserWindow window, String serial, String state) {
        return window.find("[data-serial=" + serial + "][data-state=" + state + "]");
    }

    private static void assertNoComplaint(BrowserWindow... windows) {
        for (BrowserWindow window : windows) {
            assertThat(window.complaints()).as("the browser's console").isEmpty();
        }
    }

    @Test
    void aManDownAppearsRingsIsTakenAndClosedWhileAnotherBrowserFollows() throws Exception {
        SimulatedUnit unit = commissioned("CR-DOWN", "Maud <b>Ostler</b> & sons");
        try (BrowserWindow wide = chromium.wide(system).login("");
                BrowserWindow phone = chromium.phone(system).login("")) {
            awaitRoot(wide, "ringing", "none");

            call(unit, StandardEvent.MAN_DOWN);

            row(wide, "CR-DOWN", "open").waitFor();
            row(phone, "CR-DOWN", "open").waitFor();
            awaitRoot(wide, "ringing", "critical");
            awaitRoot(wide, "sounding", "critical");
            awaitRoot(phone, "ringing", "critical");
            assertThat(row(wide, "CR-DOWN", "open").innerText()).contains("Man down", "Maud <b>Ostler</b> & sons");
            assertThat(wide.page().title()).contains("Man down");
            assertThat(wide.find("[data-announced]").textContent()).contains("Man down", "Maud");

            wide.page().keyboard().press("j");
            wide.find(".alert-head.loud").waitFor();
            wide.find(".map .leaflet-interactive").first().waitFor();
            wide.page().keyboard().press("a");
            wide.find(".alert[data-state=acknowledged]").waitFor();
            awaitRoot(wide, "ringing", "none");
            awaitRoot(wide, "sounding", "none");
            row(phone, "CR-DOWN", "acknowledged").waitFor();
            awaitRoot(phone, "ringing", "none");

            row(phone, "CR-DOWN", "acknowledged").tap();
            phone.page()
                    .getByText("Note", new Page.GetByTextOptions().setExact(true))
                    .tap();
            phone.find("textarea[name=text]").fill("Rang her: <i>she is well</i>");
            phone.page().getByText("Add note").tap();
            wide.page().getByText("Rang her: <i>she is well</i>").waitFor();

            wide.page().keyboard().press("c");
            wide.page().getByLabel("False alarm").check();
            wide.find("textarea[name=note]").fill("Slipped, is well");
            wide.page().getByText("Close this alert").click();
            wide.find(".alert[data-state=closed]").waitFor();
            awaitGone(row(wide, "CR-DOWN", "acknowledged"));
            phone.find(".alert[data-state=closed]").waitFor();

            JsonNode alert = desk.alerts("CR-DOWN").getFirst();
            assertThat(alert.get("state").asText()).isEqualTo("closed");
            assertThat(alert.get("outcome").asText()).isEqualTo("false-alarm");
            assertThat(alert.get("history").findValuesAsText("what")).contains("acknowledged", "note", "closed");
            assertThat(List.of(wide.loads(), phone.loads()))
                    .as("documents loaded")
                    .containsOnly(1);
            assertNoComplaint(wide, phone);
        }
    }

    @Test
    void anEventSearchIsDownloadedAndEqualsTheQuery() throws Exception {
        SimulatedUnit unit = commissioned("CR-LOG", "Ada Park");
        for (int i = 0; i < ROUTINE; i++) {
            unit.log(StandardEvent.POSITION_REPORT, Instant.now());
        }
        call(unit, StandardEvent.BATTERY_LOW);
        call(commissioned("CR-OTHER", "Ida Moss"), StandardEvent.POSITION_REPORT);
        String query = "/api/v1/events?serial=CR-LOG&class=routine";
        await().until(() -> desk.all(query).size() >= ROUTINE);
        try (BrowserWindow window = chromium.wide(system).login("#/events")) {
            window.page().getByLabel("Serial").fill("cr-log");
            window.page().getByLabel("Class").selectOption("routine");
            window.page().getByText("Search").click();
            int stored = desk.all(query).size();
            window.find("table[data-events='" + stored + "']").waitFor();

            Download download = window.page()
                    .waitForDownload(
                            () -> window.page().getByText("Download as CSV").click());

            String csv = Files.readString(download.path());
            assertThat(download.suggestedFilename()).endsWith(".csv");
            assertThat(csv).isEqualTo(desk.as("text/csv", query).body());
            assertThat(csv.lines()).hasSize(stored + 1);
            assertThat(stored).isGreaterThanOrEqualTo(ROUTINE);
            assertThat(csv).contains("CR-LOG").doesNotContain("CR-OTHER");
            assertNoComplaint(window);
        }
    }

    @Test
    void theFeedIsCalledStaleWhileTheSystemIsAwayAndGoesOnWithoutAGap() throws Exception {
        call(commissioned("CR-BEFORE", "Ben Low"), StandardEvent.MAN_DOWN);
        SimulatedUnit after = commissioned("CR-AFTER", "Nan High");
        try (BrowserWindow wide = chromium.wide(system).login("#/alerts");
                BrowserWindow phone = chromium.phone(system).login("#/alerts")) {
            row(wide, "CR-BEFORE", "open").waitFor();

            system.stop();
            wide.find("[data-banner=stale]").waitFor();
            phone.find("[data-banner=stale]").waitFor();
            assertThat(wide.page().title()).startsWith("NO FEED");
            system.restart();

            awaitGone(wide.find("[data-banner=stale]"));
            awaitGone(phone.find("[data-banner=stale]"));
            row(wide, "CR-BEFORE", "open").waitFor();
            call(after, StandardEvent.LANYARD_PIN_REMOVED);
            row(wide, "CR-AFTER", "open").waitFor();
            row(phone, "CR-AFTER", "open").waitFor();

            assertThat(wide.resumedFrom().getFirst()).isEmpty();
            assertThat(wide.resumedFrom().getLast())
                    .as("the id it went on from")
                    .isNotEmpty();
            assertThat(List.of(wide.loads(), phone.loads()))
                    .as("documents loaded")
                    .containsOnly(1);
            assertNoComplaint(wide, phone);
        } finally {
            closeAll("CR-BEFORE");
            closeAll("CR-AFTER");
        }
    }

    @Test
    void aLostLoginLeadsBackToWhereItWas() throws Exception {
        commissioned("CR-PLACE", "Una Reed");
        try (BrowserWindow window = chromium.wide(system).login("#/units/CR-PLACE")) {
            window.page().getByText("Una Reed").first().waitFor();

            window.context().clearCookies();
            window.page().keyboard().press("5");
            window.page().getByText("You were logged out").waitFor();
            window.fillLogin("admin", "not the password");
            window.find(".form-error").waitFor();
            assertThat(window.find(".form-error").innerText()).isNotBlank();
            window.fillLogin("admin", RunningSystem.ADMIN_PASSWORD);

            window.find(".view-system").waitFor();
            assertThat(window.page().url()).endsWith("#/system");
            assertThat(window.loads()).isEqualTo(1);
            assertNoComplaint(window);
        }
    }

    @Test
    void oneStreamServesAllTabsOfABrowser() throws Exception {
        try (BrowserWindow window = chromium.wide(system).login("")) {
            // what earlier windows had open is noticed as closed a moment later
            await().until(() -> desk.meter("identicom_http_streams", "") == 1);
            BrowserWindow second = window.anotherTab("");
            second.find("[data-feed=live]").waitFor();

            assertThat(desk.meter("identicom_http_streams", "")).isEqualTo(1);
            assertThat(second.resumedFrom()).isEmpty();

            window.page().close();
            call(commissioned("CR-TAB", "Tab Hand"), StandardEvent.MAN_DOWN);
            row(second, "CR-TAB", "open").waitFor();
            assertThat(second.resumedFrom().getLast())
                    .as("the id it took over at")
                    .isNotEqualTo(Optional.empty());
            assertNoComplaint(second);
        } finally {
            closeAll("CR-TAB");
        }
    }

    @Test
    void everyViewIsReachedByKeyboard() {
        try (BrowserWindow window = chromium.wide(system).login("")) {
            for (int number = 1; number <= VIEWS.size(); number++) {
                window.page().keyboard().press(Integer.toString(number));
                window.find(".view-" + VIEWS.get(number - 1)).waitFor();
            }
            window.page().keyboard().press("?");
            window.find("dialog.help[open]").waitFor();
            window.page().keyboard().press("Escape");
            awaitGone(window.find("dialog.help[open]"));
            window.page().keyboard().press("3");
            window.find(".view-events").waitFor();
            window.page().keyboard().press("/");
            window.find("[data-search]:focus").waitFor();
            assertNoComplaint(window);
        }
    }

    @Test
    void aPictureOfAFallenWearersUnitIsLookedAt() throws Exception {
        SimulatedUnit unit = commissioned("CR-PICTURE", "Rowan Pike");
        call(commissioned("CR-LANYARD", "Ivy Firth"), StandardEvent.LANYARD_PIN_REMOVED);
        byte[] jpeg = {};
        for (int minutes = MINUTES_OF_PICTURES; minutes > 0; minutes--) {
            Instant takenAt = Instant.now().minus(Duration.ofMinutes(minutes)).truncatedTo(ChronoUnit.SECONDS);
            jpeg = DrawnPicture.jpeg("CR-PICTURE", takenAt, minutes);
            unit.take(jpeg, takenAt);
        }
        call(unit, StandardEvent.MAN_DOWN);
        try (BrowserWindow wide = chromium.wide(system).login("");
                BrowserWindow phone = chromium.phone(system).login("")) {
            row(wide, "CR-PICTURE", "open").click();
            row(phone, "CR-PICTURE", "open").tap();
            for (BrowserWindow window : List.of(wide, phone)) {
                window.find(".card[data-state=complete] img")
                        .nth(MINUTES_OF_PICTURES - 1)
                        .waitFor();
                window.picture(images().resolve(window == wide ? "control-room.png" : "control-room-phone.png"));
            }

            String id = wide.find(".card[data-picture]").first().getAttribute("data-picture");
            wide.find(".card[data-picture]").first().click();
            Locator large = wide.find("dialog.large[open] img");
            large.waitFor();
            assertThat(large.boundingBox().height).isGreaterThan(200);
            byte[] served = wide.context()
                    .request()
                    .get(system.http("/api/v1/pictures/" + id + "/content").toString())
                    .body();
            assertThat(served).isEqualTo(jpeg);

            wide.page().keyboard().press("Escape");
            wide.page().keyboard().press("4");
            wide.page().getByLabel("Serial").fill("CR-PICTURE");
            wide.page()
                    .getByText("Show", new Page.GetByTextOptions().setExact(true))
                    .click();
            wide.find(".gallery .card[data-state=complete] img")
                    .nth(MINUTES_OF_PICTURES - 1)
                    .waitFor();
            assertNoComplaint(wide, phone);
        } finally {
            closeAll("CR-PICTURE");
            closeAll("CR-LANYARD");
        }
    }

    /** Where pictures of the page go: below target, unless the documentation's are to be taken anew. */
    private static Path images() throws IOException {
        return Files.createDirectories(Path.of(System.getProperty("identicom.screenshots", "target/screenshots")));
    }
}
