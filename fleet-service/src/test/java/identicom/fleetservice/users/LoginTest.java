package identicom.fleetservice.users;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import identicom.fleetservice.TestClock;
import identicom.fleetservice.TestFleet;
import identicom.fleetservice.commands.CommandsApi;
import identicom.fleetservice.storage.Transactions;
import identicom.fleetservice.tokens.SigningKeys;
import identicom.fleetservice.tokens.TokenIssuer;
import identicom.fleetservice.units.UnitsApi;
import identicom.fleetservice.units.csv.ImportApi;
import identicom.runtime.http.Api;
import identicom.runtime.http.HttpFrame;
import identicom.runtime.http.HttpSettings;
import identicom.runtime.http.Role;
import identicom.runtime.process.Health;
import identicom.runtime.process.Metrics;
import identicom.schema.Cluster;
import identicom.schema.Topic;
import identicom.schema.v1.AuditEntry;
import identicom.testing.TestPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Login over HTTP with hashes that are counted and a clock that is moved, on a real PostgreSQL. */
class LoginTest {
    /** Remembers against which hash each password was held. */
    private static final class CountingPasswords implements Passwords {
        final List<String> compared = new CopyOnWriteArrayList<>();

        @Override
        public String hash(String password) {
            return "hash of " + password;
        }

        @Override
        public boolean matches(String password, String hash) {
            compared.add(hash);
            return hash.equals(hash(password));
        }
    }

    private final CountingPasswords passwords = new CountingPasswords();
    private final TestClock clock = new TestClock(Instant.now());
    private final Metrics metrics = new Metrics();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Transactions transactions = new Transactions(dataSource(), () -> {});
    private HttpFrame frame;

    @BeforeEach
    void start() throws SQLException {
        TestFleet.shared();
        SigningKeys keys = new SigningKeys(Duration.ofDays(30));
        transactions.write(tx -> {
            keys.rotate(tx, clock.instant());
            return true;
        });
        addUser("lola");
        Api api = new Api("fleet-service");
        new LoginApi(
                        transactions,
                        passwords,
                        new Throttle(clock, new Throttle.Limits(3, 6, Duration.ofMinutes(1))),
                        new TokenIssuer(keys),
                        new LoginMetrics(metrics),
                        clock)
                .bind(api);
        new UsersApi(transactions, passwords, clock).bind(api);
        new UnitsApi(transactions, clock).bind(api);
        new CommandsApi(transactions, clock).bind(api);
        new ImportApi(transactions, clock, 1_000, 10).bind(api);
        api.bind("getSystem", (request, response) -> response.empty(204)); // no cluster is there to be asked
        frame = new HttpFrame(
                new HttpSettings("127.0.0.1", 0, false, 1),
                List.of(api),
                token -> Optional.empty(),
                new Health(),
                metrics);
        frame.start();
    }

    @AfterEach
    void stop() {
        frame.close();
    }

    @Test
    void aHashIsComputedForAnUnknownUserAsForAWrongPasswordAndTheAnswersAreTheSame() throws Exception {
        HttpResponse<String> wrong = login("lola", "open");
        HttpResponse<String> unknown = login("nobody", "open");
        assertThat(passwords.compared).hasSize(2);
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(unknown.statusCode()).isEqualTo(401);
        assertThat(unknown.body()).isEqualTo(wrong.body());
        assertThat(unknown.headers().map().keySet())
                .isEqualTo(wrong.headers().map().keySet());
    }

    @Test
    void nobodyGetsInWithThePasswordThatUnknownUsersAreHeldAgainst() throws Exception {
        assertThat(login("nobody", "nobody has this password").statusCode()).isEqualTo(401);
    }

    @Test
    void tooManyFailuresForAUserAreAnsweredByWhenToTryAgainWithoutAHash() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(login("lola", "guess " + i).statusCode()).isEqualTo(401);
        }
        HttpResponse<String> throttled = login("lola", "sesame");
        assertThat(throttled.statusCode()).isEqualTo(429);
        assertThat(throttled.headers().firstValue("Retry-After")).contains("20");
        assertThat(passwords.compared).hasSize(3);
        clock.pass(Duration.ofSeconds(20));
        assertThat(login("lola", "sesame").statusCode()).isEqualTo(200);
        assertThat(metrics.scrape())
                .contains("identicom_fleet_logins_total{outcome=\"throttled\"} 1.0")
                .contains("identicom_fleet_logins_total{outcome=\"refused\"} 3.0")
                .contains("identicom_fleet_logins_total{outcome=\"accepted\"} 1.0");
    }

    @Test
    void tooManyFailuresFromAnAddressAreThrottledWhateverTheUser() throws Exception {
        for (int i = 0; i < 6; i++) {
            assertThat(login("user-" + i, "guess").statusCode()).isEqualTo(401);
        }
        assertThat(login("user-7", "guess").statusCode()).isEqualTo(429);
    }

    @Test
    void failuresAndLoginsAreInTheAuditTrail() throws Exception {
        String user = "lola-audited";
        addUser(user);
        login(user, "wrong");
        login(user, "sesame");
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(auditOf(user))
                        .extracting(AuditEntry::getAction)
                        .containsExactly("login.failed", "login"));
        assertThat(auditOf(user).getLast().getRole()).isEqualTo("fleet");
        assertThat(auditOf(user).toString()).doesNotContain("wrong").doesNotContain("sesame");
    }

    @Test
    void aBodyWithoutAUserOrAPasswordIsRefusedBeforeAnythingElse() throws Exception {
        assertThat(post("{\"user\":\"lola\"}").statusCode()).isEqualTo(400);
        assertThat(post("{\"user\":\"\",\"password\":\"x\"}").statusCode()).isEqualTo(400);
        assertThat(post("{\"user\":\"a\\u0000b\",\"password\":\"x\"}").statusCode())
                .isEqualTo(400);
        assertThat(passwords.compared).isEmpty();
    }

    private void addUser(String name) throws SQLException {
        transactions.write(tx -> {
            Users.put(tx, new Users.User(name, Role.FLEET, "hash of sesame", null, clock.instant(), "test"));
            return true;
        });
    }

    private static List<AuditEntry> auditOf(String user) throws InvalidProtocolBufferException {
        List<AuditEntry> entries = new ArrayList<>();
        for (var record : TestFleet.shared().records(Cluster.MAIN, Topic.AUDIT)) {
            entries.add(AuditEntry.parseFrom(record.value()));
        }
        entries.removeIf(entry -> !entry.getWho().equals(user));
        return entries;
    }

    private static DataSource dataSource() {
        TestFleet.shared();
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(TestPostgres.shared().jdbcUrl());
        database.setUser(TestPostgres.shared().user());
        database.setPassword(TestPostgres.shared().password());
        return database;
    }

    private HttpResponse<String> login(String user, String password) throws Exception {
        return post(TestFleet.json(Map.of("user", user, "password", password)));
    }

    private HttpResponse<String> post(String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + frame.port() + "/api/v1/login"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
