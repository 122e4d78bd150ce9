package identicom.fleetservice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every role on every path of this service, from the OpenAPI document, against the roles of the plan. */
class RolesOnPathsTest {
    private static final TestFleet FLEET = TestFleet.shared();

    /** What the plan says; the document has to agree. */
    private static final Map<String, List<String>> PLAN = Map.ofEntries(
            Map.entry("logout", List.of("operator", "auditor", "fleet", "administrator")),
            Map.entry("getUser", List.of("auditor", "administrator")),
            Map.entry("putUser", List.of("administrator")),
            Map.entry("listUnits", List.of("operator", "auditor", "fleet", "administrator")),
            Map.entry("getUnit", List.of("operator", "auditor", "fleet", "administrator")),
            Map.entry("putUnit", List.of("fleet", "administrator")),
            Map.entry("importUnits", List.of("fleet", "administrator")),
            Map.entry("commandUnit", List.of("fleet", "administrator")),
            Map.entry("listCommands", List.of("auditor", "fleet", "administrator")),
            Map.entry("getCommand", List.of("auditor", "fleet", "administrator")),
            Map.entry("cancelCommand", List.of("fleet", "administrator")),
            Map.entry("getSystem", List.of("operator", "auditor", "fleet", "administrator")));

    static Stream<Arguments> everyRoleOnEveryOperation() {
        List<Arguments> cases = new ArrayList<>();
        JsonNode paths = FLEET.get("/api/openapi.json").body().path("paths");
        for (Map.Entry<String, JsonNode> path : paths.properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                String id = operation.getValue().path("operationId").asText();
                String method = operation.getKey().toUpperCase(Locale.ROOT);
                Stream.of("operator", "auditor", "fleet", "administrator")
                        .filter(role -> operation.getValue().has("x-roles"))
                        .forEach(role -> cases.add(Arguments.of(id, method, path.getKey(), role)));
            }
        }
        return cases.stream();
    }

    @ParameterizedTest(name = "{0} as {3}")
    @MethodSource("everyRoleOnEveryOperation")
    void aRoleMayDoWhatThePlanSaysAndNothingElse(String id, String method, String path, String role) {
        String token = FLEET.loginAs("role-" + role, role);
        String at = path.replace("{serial}", "ROLES-1")
                .replace("{name}", "role-nobody")
                .replace("{ticket}", "7");
        int status = FLEET.send(method, at, token, "").status();
        assertThat(status == 403)
                .as("status %s of %s", status, id)
                .isEqualTo(!PLAN.getOrDefault(id, List.of()).contains(role));
        assertThat(FLEET.send(method, at, "", "").status()).isEqualTo(401);
    }

    @Test
    void everyOperationOfThisServiceIsInThePlan() {
        assertThat(everyRoleOnEveryOperation()
                        .map(arguments -> arguments.get()[0])
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(PLAN.keySet());
    }
}
