package identicom.fleetservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import identicom.runtime.http.Identity;
import identicom.runtime.http.Role;
import identicom.schema.Cluster;
import identicom.schema.Topic;
import identicom.schema.v1.KeyRecord;
import identicom.schema.v1.Revocation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsersOverHttpTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final TestFleet fleet = TestFleet.shared();

    @Test
    void aTokenIsAcceptedOfflineUntilItsUserLogsOut() {
        String token = fleet.loginAs("otto", "operator");
        assertThat(fleet.tokens().check(token)).map(Identity::user).contains("otto");
        assertThat(fleet.tokens().check(token)).map(Identity::role).contains(Role.OPERATOR);
        String other = fleet.login("otto", "correct horse battery");

        TestFleet.Answer answer = fleet.send("POST", "/api/v1/logout", token, "");
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.whole().headers().firstValue("Set-Cookie").orElse("")).contains("identicom=");
        await().atMost(SOON).until(() -> fleet.tokens().check(token), Optional::isEmpty);
        assertThat(fleet.send("GET", "/api/v1/units", token, "").status()).isEqualTo(401);
        assertThat(fleet.tokens().check(other)).isPresent();
    }

    @Test
    void loginSetsACookieThatScriptsAndOtherSitesCannotUse() {
        fleet.loginAs("cora", "operator");
        TestFleet.Answer answer = fleet.send(
                "POST",
                "/api/v1/login",
                "",
                TestFleet.json(Map.of("user", "cora", "password", "correct horse battery")));
        String cookie = answer.whole().headers().firstValue("Set-Cookie").orElse("");
        assertThat(cookie)
                .startsWith("identicom=" + answer.body().path("token").asText())
                .contains("HttpOnly")
                .contains("SameSite=Strict");
        assertThat(answer.body().path("role").asText()).isEqualTo("operator");
    }

    @ParameterizedTest
    @CsvSource({"auditor,", "operator,another password"})
    void anotherRoleOrPasswordEndsEveryTokenAndANewLoginWorksAtOnce(String role, String password) {
        String name = "vera-" + role;
        String first = fleet.loginAs(name, "operator");
        String second = fleet.login(name, "correct horse battery");
        String body = password == null
                ? TestFleet.json(Map.of("role", role))
                : TestFleet.json(Map.of("role", role, "password", password));
        assertThat(fleet.asAdmin("PUT", "/api/v1/users/" + name, body).status()).isEqualTo(200);
        String fresh = fleet.login(name, password == null ? "correct horse battery" : password);
        await().atMost(SOON)
                .until(() -> fleet.tokens().check(first).isEmpty()
                        && fleet.tokens().check(second).isEmpty());
        assertThat(fleet.tokens().check(fresh))
                .map(Identity::role)
                .map(Role::text)
                .contains(role);
    }

    @Test
    void aPutThatChangesNeitherRoleNorPasswordEndsNoToken() {
        String token = fleet.loginAs("same", "operator");
        fleet.asAdmin("PUT", "/api/v1/users/same", TestFleet.json(Map.of("role", "operator")));
        String marker = fleet.loginAs("marker", "operator");
        fleet.asAdmin("PUT", "/api/v1/users/marker", TestFleet.json(Map.of("role", "auditor")));
        await().atMost(SOON).until(() -> fleet.tokens().check(marker), Optional::isEmpty);
        assertThat(fleet.tokens().check(token)).isPresent();
    }

    @Test
    void keysAndRevocationsStandOnBothClusters() {
        String token = fleet.loginAs("both", "fleet");
        String tokenId = fleet.tokens().check(token).orElseThrow().tokenId();
        fleet.send("POST", "/api/v1/logout", token, "");
        for (Cluster cluster : Cluster.values()) {
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(fleet.records(cluster, Topic.KEYS))
                            .extracting(record -> text(record.key()))
                            .contains("revoked:" + tokenId)
                            .anyMatch(key -> key.matches("[0-9a-f-]{36}")));
        }
    }

    @Test
    void aLogoutTellsWhoseTokenItWasAndWhen() throws Exception {
        String token = fleet.loginAs("leaver", "operator");
        String key = "revoked:" + fleet.tokens().check(token).orElseThrow().tokenId();
        fleet.send("POST", "/api/v1/logout", token, "");
        byte[] value = await().atMost(SOON)
                .until(
                        () -> fleet.records(Cluster.MAIN, Topic.KEYS).stream()
                                .filter(record -> text(record.key()).equals(key))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow()
                .value();
        Revocation revocation = KeyRecord.parseFrom(value).getRevocation();
        assertThat(revocation.getTokenUser()).isEqualTo("leaver");
        assertThat(revocation.getIssuedUntilUs()).isPositive();
    }

    @Test
    void aUserIsShownWithoutAnythingSecret() {
        fleet.loginAs("una", "auditor");
        TestFleet.Answer user = fleet.get("/api/v1/users/una");
        assertThat(user.status()).isEqualTo(200);
        assertThat(user.body().properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("name", "role", "changedAt", "changedBy");
        assertThat(fleet.get("/api/v1/users/nobody").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Upper | {\"role\":\"operator\",\"password\":\"long enough\"}",
                "new-1 | {\"role\":\"operator\"}",
                "new-1 | {\"role\":\"king\",\"password\":\"long enough\"}",
                "new-1 | {\"password\":\"long enough\"}",
                "new-1 | {\"role\":\"operator\",\"password\":\"short\"}",
                "new-1 | {\"role\":\"operator\",\"password\":\"a\\u0000bcdefgh\"}",
            })
    void aUserThatCannotBeSoIsRefused(String name, String body) {
        assertThat(fleet.asAdmin("PUT", "/api/v1/users/" + name, body).status()).isEqualTo(400);
        assertThat(fleet.get("/api/v1/users/new-1").status()).isEqualTo(404);
    }

    @Test
    void theLastAdministratorStaysOne() {
        fleet.loginAs("role-administrator", "operator"); // whom another test makes one
        TestFleet.Answer answer =
                fleet.asAdmin("PUT", "/api/v1/users/admin", TestFleet.json(Map.of("role", "operator")));
        assertThat(answer.status()).isEqualTo(409);
        assertThat(fleet.get("/api/v1/users/admin").body().path("role").asText())
                .isEqualTo("administrator");
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
