package identicom.alertservice.notify;

import static identicom.alertservice.SampleAlerts.RAISED;
import static identicom.alertservice.SampleAlerts.alert;
import static org.assertj.core.api.Assertions.assertThat;

import identicom.alertservice.notify.MessageText.Detail;
import identicom.alertservice.view.AlertView;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MessageTextTest {

    private static final int TWO_PARTS = 2 * 153;

    private final MessageText full =
            new MessageText(Detail.FULL, "https://alarms.example.org/", serial -> "+447700900123");
    private final MessageText minimal =
            new MessageText(Detail.MINIMAL, "https://alarms.example.org", serial -> "+447700900123");

    @Test
    void saysWhoWhatWhereWhenAndHowToTakeIt() {
        assertThat(full.text("sms", alert(), RAISED.plusSeconds(1)).lines())
                .containsExactly(
                        "MAN DOWN A4711: Jo Smith (MAN-1)",
                        "11:59:58Z 1 Jun",
                        "https://www.openstreetmap.org/?mlat=51.50000&mlon=-0.12000",
                        "Call +447700900123",
                        "Take it: reply TAKE 4711 or"
                                + " https://alarms.example.org/#/alerts/0190a1b2-0000-7000-8000-000000000001");
        assertThat(full.subject(alert())).isEqualTo("MAN DOWN A4711: Jo Smith (MAN-1)");
    }

    @Test
    void saysHowLateItCameAndHowLongNobodyTookIt() {
        AlertView late = alert(
                "\"eventTime\": \"2026-06-01T11:59:58Z\", \"late\": false",
                "\"eventTime\": \"2026-06-01T11:20:00Z\", \"late\": true");

        assertThat(full.text("mail", late, RAISED.plusSeconds(610)))
                .contains("11:20:00Z 1 Jun, came 39 min late, nobody took it for 10 min");
    }

    @Test
    void onlyASmsCanBeAnsweredAndWithoutAnAddressOfThePageThereIsNoLink() {
        MessageText bare = new MessageText(Detail.FULL, "", serial -> null);

        assertThat(full.text("mail", alert(), RAISED)).doesNotContain("TAKE").contains("/#/alerts/");
        assertThat(bare.text("sms", alert(), RAISED)).endsWith("\nTake it: reply TAKE 4711");
        assertThat(bare.text("mail", alert(), RAISED)).endsWith("\nTake it: in the control room");
    }

    @Test
    void minimalNamesNeitherWearerNorPhoneNorPositionInTextAndJson() {
        Message message = minimal.message("sms", UUID.randomUUID(), "+44", alert(), RAISED);

        for (String part : new String[] {message.subject(), message.text(), message.json()}) {
            assertThat(part)
                    .doesNotContain("Smith", "51.5", "openstreetmap", "+4477")
                    .contains("MAN-1");
        }
        assertThat(message.json()).contains("\"position\":null", "\"wearer\":null", "\"reference\":\"A4711\"");
    }

    @Test
    void nothingInANameEndsALineOrAHeaderOrTurnsTheText() {
        AlertView hostile = alert("Jo Smith", "Jo\\r\\nBcc: all@example.org\\u2028\\u202e\\u0085x\\u0000y");
        Message message = full.message("mail", UUID.randomUUID(), "a@example.org", hostile, RAISED);

        assertThat(message.subject()).isEqualTo("MAN DOWN A4711: Jo Bcc: all@example.org x y (MAN-1)");
        assertThat(message.text().lines()).hasSize(5);
    }

    @Test
    void longNameIsCutSoThatTheTextFitsTwoPartsOfASms() {
        AlertView named = alert("Jo Smith", "N".repeat(500));
        String text = full.text("sms", named, RAISED.plusSeconds(600));

        assertThat(text.length()).isLessThan(TWO_PARTS);
        assertThat(text).contains("N".repeat(37) + "... (MAN-1)");
    }

    @Test
    void floodSaysHowManyUnitsAndNoPlace() {
        AlertView flood = alert(
                "\"serial\": \"MAN-1\", \"wearer\": \"Jo Smith\"",
                "\"serial\": null, \"flood\": {\"serials\": [\"X-1\", \"X-2\"], \"more\": 5}");

        assertThat(full.subject(flood)).isEqualTo("MAN DOWN A4711: 7 units");
    }

    /** An alert that is of no unit. */
    private static AlertView of(String subject, String kind, String more) {
        return alert(
                "\"serial\": \"MAN-1\", \"wearer\": \"Jo Smith\"",
                "\"serial\": null, \"wearer\": null, \"subject\": \"" + subject + "\"" + more,
                "\"kind\": \"man-down\",\n",
                "\"kind\": \"" + kind + "\",\n",
                "\"position\": {\"lat\": 51.5000001, \"lon\": -0.12, \"at\": \"2026-06-01T11:59:58Z\"}",
                "\"position\": null",
                "\"history\": []",
                "\"history\": [" + HISTORY + "]");
    }

    private static final String HISTORY = entry("raised", "null", "clock put on") + ","
            + entry("joined", "null", "nothing was heard\\nof it. " + "x".repeat(200)) + ","
            + entry("note", "\"ann\"", "key is with Mr Brown");

    private static String entry(String what, String who, String detail) {
        return "{\"at\": \"2026-06-01T12:00:00Z\", \"what\": \"" + what + "\", \"who\": " + who + ", \"detail\": \""
                + detail + "\"}";
    }

    @Test
    void whatIsOfNoUnitSaysWhatItIsAboutAndATechnicalOneAlsoWhatIsAmiss() {
        AlertView technical = of("station rx-1", "technical", "");
        String text = full.text("sms", technical, RAISED.plusSeconds(600));

        assertThat(full.subject(technical)).isEqualTo("TECHNICAL A4711: station rx-1");
        assertThat(text.lines().toList().get(1))
                .startsWith("nothing was heard of it. xxx")
                .endsWith("x...")
                .hasSize(100);
        assertThat(text.length()).isLessThan(TWO_PARTS);
        assertThat(full.subject(of("a\\r\\nb" + "c".repeat(80), "technical", "")))
                .isEqualTo("TECHNICAL A4711: a b" + "c".repeat(34) + "...");
    }

    @Test
    void massLossSaysWhereAndHowMany() {
        AlertView loss = of("site Leeds", "mass-loss", ", \"flood\": {\"serials\": [\"X-1\", \"X-2\"], \"more\": 228}");

        assertThat(full.subject(loss)).isEqualTo("MASS LOSS A4711: site Leeds, 230 units");
        assertThat(full.text("sms", loss, RAISED)).doesNotContain("nothing was heard");
    }

    @Test
    void minimalLeavesOutWhatPeopleWrote() {
        AlertView noted = alert(
                "\"history\": []",
                "\"history\": [" + HISTORY + "], \"checklist\": [{\"step\": \"Call the wearer\"},"
                        + " {\"step\": \"Rang Mr Brown\", \"doneAt\": \"2026-06-01T12:00:00Z\", \"doneBy\": \"ann\"}]");

        assertThat(minimal.message("webhook", UUID.randomUUID(), "http://h/", noted, RAISED)
                        .json())
                .doesNotContain("Brown")
                .contains("Call the wearer", "\"what\":\"note\"");
        assertThat(full.message("webhook", UUID.randomUUID(), "http://h/", noted, RAISED)
                        .json())
                .contains("key is with Mr Brown", "Rang Mr Brown");
    }

    @Test
    void bodyThatLeavesNamesOnlyTheLastDigitsOfANumberThatWasTold() {
        AlertView told = alert(
                "\"history\": []",
                "\"acknowledgedBy\": \"sms:+447700900123\", \"history\": ["
                        + entry("notified", "null", "sms +447700900123 (Al), level 1 by acme") + ","
                        + entry("acknowledged", "\"sms:+447700900123\"", "") + "]");

        assertThat(full.message("webhook", UUID.randomUUID(), "http://h/", told, RAISED)
                        .json())
                .doesNotContain("7700900")
                .contains(
                        "\"acknowledgedBy\":\"sms:*0123\"", "sms *0123 (Al), level 1 by acme", "\"who\":\"sms:*0123\"");
    }

    @Test
    void cutNameStaysInTheAlphabetOfAnSms() {
        String text = full.text("sms", alert("Jo Smith", "N".repeat(500)), RAISED);

        assertThat(text).matches("\\p{ASCII}+");
    }
}
