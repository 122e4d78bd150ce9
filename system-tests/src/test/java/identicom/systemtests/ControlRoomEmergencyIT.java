package identicom.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import identicom.simulator.picture.DrawnPicture;
import identicom.simulator.unit.SimulatedUnit;
import identicom.systemtests.harness.Accessibility;
import identicom.systemtests.harness.BrowserWindow;
import identicom.wire.event.StandardEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** An emergency from its raising to its place in the statistics, on the page of a whole system. */
class ControlRoomEmergencyIT extends ControlRoomSystem {
    private static final List<String> VIEWS = List.of(
            "alerts",
            "units",
            "supervision",
            "events",
            "pictures",
            "system",
            "escalation",
            "outbox",
            "statistics",
            "audit",
            "checklists");

    private static Locator row(BrowserWindow window, String serial, String state) {
        return window.find("[data-serial=" + serial + "][data-state=" + state + "]");
    }

    private static JsonNode alert(String serial) throws Exception {
        return desk.alerts(serial).getFirst();
    }

    private static Page.GetByTextOptions exactly() {
        return new Page.GetByTextOptions().setExact(true);
    }

    @Test
    void anEmergencyIsShownTakenWorkedOffByItsChecklistAndCounted() throws Exception {
        Map<String, Object> steps = Map.of("steps", List.of("Call the wearer", "Send somebody"));
        assertThat(desk.put("/api/v1/checklists/man-down", steps).status()).isEqualTo(200);
        SimulatedUnit unit = commissioned("CE-DOWN", "Maud Ostler");
        try (BrowserWindow window = chromium.wide(system).login("#/alerts")) {
            call(unit, StandardEvent.MAN_DOWN);
            row(window, "CE-DOWN", "open").click();
            window.find(".journey [data-step=shownAt].done").waitFor();
            window.picture(images().resolve("alert-journey.png"));
            window.page().keyboard().press("a");
            window.find(".journey [data-step=acknowledgedAt].done").waitFor();
            call(unit, StandardEvent.MAN_DOWN_CLEARED);
            window.page().getByText("closes nothing").waitFor();

            window.page().keyboard().press("c");
            window.page().getByLabel("Genuine").check();
            window.page().getByText("Close this alert").click();
            window.find("[data-open-steps='2']").waitFor();
            window.find(".step-button").first().click();
            window.find(".checklist [data-done=true]").first().waitFor();
            window.find(".step-button").first().click();
            window.find(".checklist [data-done=true]").nth(1).waitFor();
            window.page().getByText("Close this alert").click();
            window.find(".alert[data-state=closed]").waitFor();

            JsonNode alert = alert("CE-DOWN");
            assertThat(alert.get("checklist").findValuesAsText("doneBy")).containsExactly("admin", "admin");
            Instant raised = Instant.parse(alert.get("journey").get("raisedAt").asText());
            assertThat(Instant.parse(alert.get("journey").get("shownAt").asText()))
                    .isAfterOrEqualTo(raised);

            window.go("#/statistics");
            window.find("[data-measure='Within 40 s'][data-met=true]").waitFor();
            window.find("canvas[data-drawn=true]").waitFor();
            window.go("#/audit?action=alert.step");
            window.find("tr[data-action='alert.step']").nth(1).waitFor();
            assertThat(window.complaints()).isEmpty();
        }
    }

    @Test
    void thePageAnswersTheHeartbeatsOfOneAndTheSameStream() throws Exception {
        try (BrowserWindow window = chromium.wide(system).login("#/alerts")) {
            List<String> streams = new CopyOnWriteArrayList<>();
            window.page().onRequest(request -> {
                if (request.url().endsWith("/alerts/stream")) {
                    streams.add(request.url());
                }
            });
            for (int beat = 0; beat < 2; beat++) {
                Response answered =
                        window.page().waitForResponse(one -> one.url().endsWith("/alerts/stream/beat"), () -> {});
                assertThat(answered.status()).isEqualTo(204);
            }
            assertThat(streams).hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    void aUnitOnTestRaisesATestThatOneClickMakesLive() throws Exception {
        SimulatedUnit unit = commissioned("CE-TEST", "Trainer");
        try (BrowserWindow window = chromium.wide(system).login("#/supervision?show=on-test&serial=CE-TEST")) {
            window.page().getByText("Put on test", exactly()).click();
            window.find(".table [data-serial=CE-TEST]").waitFor();

            call(unit, StandardEvent.MAN_DOWN);
            window.go("#/alerts");
            window.find("[data-list=tests] [data-serial=CE-TEST]").click();
            window.find("[data-watermark]").waitFor();
            assertThat(window.root("ringing")).isNotEqualTo("critical");

            window.page().getByText("Make live").click();
            window.find(".alert-head.loud").waitFor();
            window.find("[data-list=open] [data-serial=CE-TEST]").waitFor();
            assertThat(alert("CE-TEST").get("test").asBoolean()).isFalse();
            assertThat(window.complaints()).isEmpty();
        } finally {
            desk.post("/api/v1/alerts/" + alert("CE-TEST").get("id").asText() + "/close", Map.of("outcome", "test"));
        }
    }

    @Test
    void aUnitIsAskedForAPictureAndOneCommandIsTakenBack() throws Exception {
        SimulatedUnit unit = commissioned("CE-ORDER", "Ida Moss");
        unit.equip(InstantSource.system(), DrawnPicture::jpeg);
        unit.log(StandardEvent.STATUS_CHECK, Instant.now());
        try (BrowserWindow window = chromium.wide(system).login("#/units/CE-ORDER")) {
            Page page = window.page();
            page.getByText("Ask at its next call", exactly()).click();
            window.find("[data-command=take-picture][data-state=queued]").waitFor();
            window.find("select[name=command]").selectOption("show-message");
            window.find("input[name=text]").fill("<b>Call in</b>");
            page.getByText("Ask at its next call", exactly()).click();
            Locator message = window.find("[data-command=show-message][data-state=queued]");
            message.waitFor();
            assertThat(message.innerText()).contains("<b>Call in</b>");
            message.getByText("Take back").click();
            window.find("[data-command=show-message][data-state=cancelled]").waitFor();

            await().until(() -> {
                call(unit, StandardEvent.STATUS_CHECK);
                return !unit.journal().commands().isEmpty();
            });
            window.find("[data-command=take-picture][data-state=done]").waitFor();
            call(unit, StandardEvent.STATUS_CHECK);
            window.find(".strip [data-state=complete] img").waitFor();
            window.picture(images().resolve("unit-commands.png"));
            assertThat(window.complaints()).isEmpty();
        }
        assertThat(unit.journal().commands()).hasSize(1);
    }

    @Test
    void policiesGroupsAndAssignmentsAreWrittenInThePage() throws Exception {
        try (BrowserWindow window = chromium.wide(system).login("#/escalation?show=groups")) {
            Page page = window.page();
            page.getByText("New group").click();
            page.getByLabel("Name").fill("night-shift");
            page.getByText("Go on").click();
            page.getByLabel("Name of member 1").fill("Ida Moss");
            page.getByLabel("Address of member 1").fill("+441632960963");
            page.getByText("Save group").click();
            window.find("section[aria-label='Group night-shift']").waitFor();

            window.go("#/escalation");
            page.getByText("New policy").click();
            page.getByLabel("Name").fill("night");
            page.getByText("Go on").click();
            page.getByText("Add a level").click();
            page.getByLabel("Channel, target 1 of level 2").selectOption("group");
            page.getByText("Save policy").click();
            window.find(".levels").getByText("night-shift").waitFor();

            window.go("#/escalation?show=assignments");
            page.getByText("Edit assignments").click();
            page.getByText("Add an assignment").click();
            page.getByLabel("Site of assignment 1").fill("Pit 9");
            page.getByLabel("Policy of assignment 1").selectOption("night");
            page.getByText("Save assignments").click();
            window.find("table[data-rows='1']").waitFor();

            JsonNode policy = desk.get("/api/v1/escalation-policies/night").json();
            assertThat(policy.at("/levels/1/targets/0/group").asText()).isEqualTo("night-shift");
            JsonNode assignments = desk.get("/api/v1/escalation-assignments").json();
            assertThat(assignments.at("/assignments/0/site").asText()).isEqualTo("Pit 9");
            assertThat(window.complaints()).isEmpty();
        }
    }

    @Test
    void whoWasNeverSeenIsListedAndWhoWasToldStandsInTheOutbox() throws Exception {
        commissioned("CE-NEVER", "Nan High");
        Map<String, Object> policy = Map.of(
                "levels",
                List.of(Map.of(
                        "afterSeconds", 0, "targets", List.of(Map.of("channel", "sms", "address", "+441632960964")))));
        assertThat(desk.put("/api/v1/escalation-policies/default", policy).status())
                .isEqualTo(200);
        try (BrowserWindow window = chromium.wide(system).login("#/supervision?show=never-seen")) {
            window.find(".table [data-serial=CE-NEVER]").waitFor();
            call(commissioned("CE-TOLD", "Ben Low"), StandardEvent.RED_ALERT);
            await().until(() -> !desk.alerts("CE-TOLD").isEmpty());
            window.go("#/outbox?alert=" + alert("CE-TOLD").get("id").asText());
            window.find("tr[data-notification]")
                    .getByText("+441632960964")
                    .first()
                    .waitFor();
            window.find("tr[data-notification]").getByText("Ben Low").first().waitFor();
            assertThat(window.complaints()).isEmpty();
        } finally {
            desk.post("/api/v1/alerts/" + alert("CE-TOLD").get("id").asText() + "/close", Map.of("outcome", "test"));
        }
    }

    @Test
    void everyViewIsThereAndWithoutGraveFindings() {
        try (BrowserWindow window = chromium.wide(system).login("")) {
            for (String view : VIEWS) {
                window.go("#/" + view);
                window.find(".view-" + view + " h1").waitFor();
                assertThat(Accessibility.findings(window)).as(view).isEmpty();
                assertThat(window.find("[data-refused]").count()).as(view).isZero();
            }
        }
    }

    private static Path images() throws Exception {
        return Files.createDirectories(Path.of(System.getProperty("identicom.screenshots", "target/screenshots")));
    }
}
