package identicom.alertservice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import identicom.runtime.http.Json;
import identicom.schema.v1.AuditEntry;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Policies, contact groups and assignments over HTTP and a real database. */
class PoliciesTest extends EscalationFixture {

    private static final String SCREEN_ONLY =
            "{\"levels\":[{\"afterSeconds\":0,\"targets\":[{\"channel\":\"screen\"}]}]}";

    @BeforeEach
    void begin() {
        start(Map.of());
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    private HttpResponse<String> refused(String path, String body) throws Exception {
        HttpResponse<String> response = ask("administrator", "PUT", path, json(body));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        return response;
    }

    @Test
    void defaultTellsTheScreensAndCannotBeDeleted() throws Exception {
        assertThat(get("escalation-policies/default")).hasToString(SCREEN_ONLY);
        assertThat(get("escalation-policies").path("items").findValuesAsText("name"))
                .containsExactly("default");
        assertThat(ask("administrator", "DELETE", "escalation-policies/default", "")
                        .statusCode())
                .isEqualTo(409);
    }

    @Test
    void whatIsPutIsWhatIsGotAndCanBePutAgain() throws Exception {
        put("contact-groups/night", json("{'members':[{'name':'Al','channel':'sms','address':'+44 7700 900123'}]}"));
        String policy = json("""
                {'levels':[{'afterSeconds':0,'targets':[{'channel':'screen'},{'group':'night'}],
                            'hours':{'zone':'Europe/London','days':['fri','mon'],'from':'22:00','to':'06:00'}},
                           {'afterSeconds':60,'targets':[{'channel':'mail','address':'duty@example.org',
                            'hours':{'zone':'UTC','from':'08:00','to':'18:00'}}]}]}""");
        JsonNode kept = put("escalation-policies/night", policy);

        assertThat(get("contact-groups/night")
                        .path("members")
                        .get(0)
                        .path("address")
                        .asText())
                .isEqualTo("+447700900123");
        assertThat(get("escalation-policies/night")).isEqualTo(kept);
        assertThat(put("escalation-policies/night", kept.toString())).isEqualTo(kept);
        assertThat(kept.at("/levels/0/hours/days")).hasToString("[\"mon\",\"fri\"]");
        assertThat(kept.at("/levels/1/targets/0/hours/days")).hasSize(7);
    }

    @Test
    void everyWrongFieldIsNamedWithWhatWasExpected() throws Exception {
        JsonNode problem =
                Json.mapper().readTree(refused("escalation-policies/p", """
                {'levels':[{'afterSeconds':-1,'targets':[{'channel':'pigeon','address':'x'},{'channel':'screen','address':'x'}]},
                           {'afterSeconds':60,'targets':[]},
                           {'afterSeconds':30,'targets':[{'channel':'sms','address':'0123'},{'channel':'mail','address':'a@b@c'},
                                                         {'channel':'webhook','address':'ftp://x/'},{'group':'nobody'}],
                            'hours':{'zone':'Mars/Base','days':['monday'],'from':'8','to':'24:00'}}]}""").body());

        List<String> fields = StreamSupport.stream(problem.path("problems").spliterator(), false)
                .map(one -> one.path("parameter").asText())
                .toList();
        assertThat(fields)
                .containsExactlyInAnyOrder(
                        "levels.0.afterSeconds",
                        "levels.0.targets.0.channel",
                        "levels.0.targets.1.address",
                        "levels.1.targets",
                        "levels.2.afterSeconds",
                        "levels.2.targets.0.address",
                        "levels.2.targets.1.address",
                        "levels.2.targets.2.address",
                        "levels.2.targets.3.group",
                        "levels.2.hours.zone",
                        "levels.2.hours.days",
                        "levels.2.hours.from",
                        "levels.2.hours.to");
        assertThat(problem.path("detail").asText())
                .contains("levels.2.targets.0.address: 0123 (expected: a number in international form such as");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "escalation-policies/p | {} | levels: absent",
                "escalation-policies/p | {'levels':[null]} | levels.0: absent",
                "escalation-policies/p | {'levels':[{'afterSeconds':0,'targets':[{'group':'g','channel':'sms'}]}]} | a group alone, or a channel",
                "escalation-policies/p | {'levels':[{'afterSeconds':'0','targets':[]}]} | levels.0.afterSeconds",
                "escalation-policies/p | {'levels':[],'name':'p'} | name: no such field",
                "escalation-policies/-p | {'levels':[]} | name: -p",
                "contact-groups/g | {'members':[]} | members: 0 items",
                "contact-groups/g | {'members':[{'name':' ','channel':'screen','address':''}]} | members.0.channel: screen",
                "escalation-assignments | {} | assignments: absent",
                "escalation-assignments | {'assignments':[{'policy':'default'}]} | where nothing is assigned",
                "escalation-assignments | {'assignments':[{'kind':'man-down','policy':'none'}]} | assignments.0.policy: none",
                "escalation-assignments | {'assignments':[{'serial':'M','site':'L','policy':'default'}]} | serial and site (expected: one of them)",
                "escalation-assignments | {'assignments':[{'site':'L','policy':'default'},{'site':'L','policy':'default'}]} | each combination once"
            })
    void whatCannotBeUsedIsAnsweredWithWhatWasWrong(String path, String body, String said) throws Exception {
        String detail = Json.mapper()
                .readTree(refused(path, body).body())
                .path("detail")
                .asText();

        assertThat(detail).contains(said);
    }

    @Test
    void whatIsInUseIsNotDeletedAndTheAnswerSaysWhere() throws Exception {
        put("contact-groups/night", json("{'members':[{'name':'Al','channel':'mail','address':'al@example.org'}]}"));
        put("escalation-policies/night", json("{'levels':[{'afterSeconds':0,'targets':[{'group':'night'}]}]}"));
        put("escalation-assignments", json("{'assignments':[{'site':'Leeds','policy':'night'}]}"));

        HttpResponse<String> policy = ask("administrator", "DELETE", "escalation-policies/night", "");
        HttpResponse<String> group = ask("administrator", "DELETE", "contact-groups/night", "");
        assertThat(policy.statusCode()).isEqualTo(409);
        assertThat(policy.body()).contains("usedBy", "Leeds");
        assertThat(group.statusCode()).isEqualTo(409);
        assertThat(group.body()).contains("\"usedBy\":[\"night\"]");

        put("escalation-assignments", json("{'assignments':[]}"));
        assertThat(ask("administrator", "DELETE", "escalation-policies/night", "")
                        .statusCode())
                .isEqualTo(204);
        assertThat(ask("administrator", "DELETE", "contact-groups/night", "").statusCode())
                .isEqualTo(204);
        assertThat(ask("administrator", "DELETE", "contact-groups/night", "").statusCode())
                .isEqualTo(404);
        assertThat(ask("operator", "GET", "escalation-policies/night", "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void onlyAnAdministratorWritesAndAllButTheFleetRead() throws Exception {
        for (String role : List.of("operator", "auditor", "fleet")) {
            assertThat(ask(role, "PUT", "escalation-policies/default", SCREEN_ONLY)
                            .statusCode())
                    .isEqualTo(403);
        }
        assertThat(ask("fleet", "GET", "escalation-policies", "").statusCode()).isEqualTo(403);
        assertThat(ask("auditor", "GET", "notifications", "").statusCode()).isEqualTo(200);
    }

    @Test
    void listsArePagedByName() throws Exception {
        for (String name : List.of("b", "a", "c")) {
            put("escalation-policies/" + name, SCREEN_ONLY);
        }
        JsonNode first = get("escalation-policies?limit=2");

        assertThat(first.path("items").findValuesAsText("name")).containsExactly("a", "b");
        JsonNode second =
                get("escalation-policies?limit=2&cursor=" + first.path("next").asText());
        assertThat(second.path("items").findValuesAsText("name")).containsExactly("c", "default");
        assertThat(second.path("next").isNull()).isTrue();
        assertThat(ask("administrator", "GET", "escalation-policies?cursor=%20", "")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void everyChangeIsOnItsWayToTheAuditAndARefusedOneIsNot() throws Exception {
        put("contact-groups/g", json("{'members':[{'name':'Al','channel':'mail','address':'al@example.org'}]}"));
        put("escalation-policies/p", SCREEN_ONLY);
        put("escalation-assignments", json("{'assignments':[{'kind':'man-down','policy':'default'}]}"));
        refused("escalation-policies/p", "{'levels':[]}");
        ask("administrator", "DELETE", "escalation-policies/p", "");
        ask("administrator", "DELETE", "contact-groups/g", "");

        assertThat(audited())
                .extracting(entry -> entry.getAction() + " " + entry.getObject() + " " + entry.getWho())
                .containsExactly(
                        "group.put g administrator",
                        "policy.put p administrator",
                        "assignments.put assignments administrator",
                        "policy.delete p administrator",
                        "group.delete g administrator");
        assertThat(audited().get(1).getDetailMap().get("levels")).contains("screen");
    }

    @Test
    void aPolicyThatIsTooLongForTheAuditStandsThereByItsHash() throws Exception {
        String target = "{'channel':'mail','address':'" + "a".repeat(60) + "@example.org'},";
        String level = "{'afterSeconds':0,'targets':[" + target.repeat(49) + "{'channel':'screen'}]},";
        put("escalation-policies/long", json("{'levels':[" + level.repeat(19) + level.replaceAll(",$", "") + "]}"));

        assertThat(audited()).singleElement().satisfies(entry -> {
            assertThat(entry.getAction()).isEqualTo("policy.put");
            assertThat(entry.getDetailMap().get("levels")).matches("\\d{5,6} characters, sha256 [0-9a-f]{64}");
        });
    }

    private List<AuditEntry> audited() throws Exception {
        List<AuditEntry> entries = new ArrayList<>();
        for (String hex : database.column("select encode(value, 'hex') from alerts.outbox order by id")) {
            entries.add(AuditEntry.parseFrom(java.util.HexFormat.of().parseHex(hex)));
        }
        return entries;
    }
}
