package identicom.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import identicom.systemtests.harness.Desk;
import identicom.systemtests.harness.RunningSystem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every role on every path of the OpenAPI document: allowed, or 403; and 401 for somebody who has not logged in. */
@ExtendWith(SharedSystem.class)
class RolesIT {
    private static final List<String> ROLES = List.of("operator", "auditor", "fleet", "administrator");
    private static final String PASSWORD = "role-test-password";
    private static final Set<String> PUBLIC = Set.of(
            "/", "/page/{file}", "/api/v1/login", "/health/live", "/health/ready", "/metrics", "/api/openapi.json");

    /** One operation of the document. */
    private record Operation(String method, String path, Set<String> roles, boolean open, String contentType) {
        String concretePath() {
            return path.replace("{name}", "nobody")
                    .replace("{serial}", "ROLE-1")
                    .replaceAll("\\{\\w+}", "00000000-0000-8000-8000-000000000000");
        }

        String body() {
            return switch (contentType) {
                case "" -> "";
                case "application/json" -> "{}";
                default -> "serial\n";
            };
        }

        int status(Desk desk) throws Exception {
            return desk.status(method, concretePath(), contentType, body());
        }
    }

    @TestFactory
    Stream<DynamicTest> everyRoleOnEveryPath(RunningSystem system, Desk administrator) throws Exception {
        List<Operation> operations = operations(administrator);
        List<DynamicTest> tests = new ArrayList<>();
        for (String role : ROLES) {
            assertThat(administrator
                            .put("/api/v1/users/role-" + role, Map.of("role", role, "password", PASSWORD))
                            .status())
                    .isIn(200, 201);
            Desk desk = Desk.login(system, "role-" + role, PASSWORD);
            Desk leaving = Desk.login(system, "role-" + role, PASSWORD);
            for (Operation operation : operations) {
                Desk used = operation.path().endsWith("/logout") ? leaving : desk;
                tests.add(dynamicTest(
                        role + " " + operation.method() + " " + operation.path(),
                        () -> expect(operation, role, operation.status(used))));
            }
        }
        Desk stranger = Desk.stranger(system);
        for (Operation operation : operations) {
            tests.add(dynamicTest(
                    "nobody " + operation.method() + " " + operation.path(),
                    () -> expectOfStranger(operation, operation.status(stranger))));
        }
        return tests.stream();
    }

    @Test
    void theDocumentSaysOfEachPathWhoMayUseItAndOpensNothingByMistake(Desk desk) throws Exception {
        List<Operation> operations = operations(desk);
        assertThat(operations).hasSizeGreaterThan(15).allSatisfy(operation -> {
            assertThat(operation.open()).isEqualTo(PUBLIC.contains(operation.path()));
            assertThat(operation.open() || operation.roles().contains("administrator"))
                    .isTrue();
        });
        assertThat(mayUse(operations, "PUT", "/api/v1/units/{serial}"))
                .containsExactlyInAnyOrder("fleet", "administrator");
        assertThat(mayUse(operations, "POST", "/api/v1/alerts/{id}/close"))
                .containsExactlyInAnyOrder("operator", "administrator");
        assertThat(mayUse(operations, "PUT", "/api/v1/users/{name}")).containsExactly("administrator");
        assertThat(mayUse(operations, "GET", "/api/v1/events")).contains("operator", "auditor");
        assertThat(mayUse(operations, "GET", "/api/v1/audit"))
                .contains("auditor")
                .doesNotContain("operator", "fleet");
        assertThat(mayUse(operations, "GET", "/api/v1/holds")).containsExactlyInAnyOrder("auditor", "administrator");
        assertThat(mayUse(operations, "PUT", "/api/v1/holds/{name}")).containsExactly("administrator");
        assertThat(mayUse(operations, "POST", "/api/v1/holds/{name}/lift")).containsExactly("administrator");
    }

    private static Set<String> mayUse(List<Operation> operations, String method, String path) {
        return operations.stream()
                .filter(operation ->
                        operation.method().equals(method) && operation.path().equals(path))
                .findFirst()
                .orElseThrow()
                .roles();
    }

    private static void expect(Operation operation, String role, int status) {
        if (operation.open() || operation.roles().contains(role)) {
            assertThat(status).isNotIn(401, 403).isLessThan(500);
        } else {
            assertThat(status).isEqualTo(403);
        }
    }

    private static void expectOfStranger(Operation operation, int status) {
        if (operation.open()) {
            assertThat(status).isNotEqualTo(403).isLessThan(500);
        } else {
            assertThat(status).isEqualTo(401);
        }
    }

    private static List<Operation> operations(Desk desk) throws Exception {
        List<Operation> operations = new ArrayList<>();
        desk.get("/api/openapi.json")
                .json()
                .get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    if (method.getValue().has("operationId")) {
                        operations.add(operation(path.getKey(), method.getKey(), method.getValue()));
                    }
                }));
        return operations;
    }

    private static Operation operation(String path, String method, JsonNode described) {
        Set<String> roles = new HashSet<>();
        described.path("x-roles").forEach(role -> roles.add(role.asText()));
        JsonNode content = described.path("requestBody").path("content");
        String contentType = content.isEmpty() ? "" : content.fieldNames().next();
        return new Operation(
                method.toUpperCase(java.util.Locale.ROOT),
                path,
                roles,
                described.path("x-public").asBoolean(),
                contentType);
    }
}
