package identicom.fleetservice.users;

import identicom.fleetservice.audit.Actor;
import identicom.fleetservice.audit.AuditTrail;
import identicom.fleetservice.storage.Transactions;
import identicom.fleetservice.tokens.Revocations;
import identicom.runtime.config.ConfigurationException;
import identicom.runtime.http.Api;
import identicom.runtime.http.Problem;
import identicom.runtime.http.Request;
import identicom.runtime.http.Response;
import identicom.runtime.http.Role;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Users over HTTP. Whoever gets another password or role is logged out everywhere. */
public final class UsersApi {
    private static final String ADMIN = "admin";

    private final Transactions transactions;
    private final Passwords passwords;
    private final Clock clock;

    /** The body of a PUT. @param password absent: it stays as it is */
    private record Body(@Nullable String role, @Nullable String password) {}

    private record View(String name, Role role, Instant changedAt, String changedBy) {}

    /** What a PUT did. */
    private record Outcome(Users.User user, boolean created) {}

    public UsersApi(Transactions transactions, Passwords passwords, Clock clock) {
        this.transactions = transactions;
        this.passwords = passwords;
        this.clock = clock;
    }

    public void bind(Api api) {
        api.bind("getUser", this::one).bind("putUser", this::put);
    }

    /**
     * Makes the user {@code admin} where there is no user at all.
     *
     * @return false when there is none and no password was given for one
     * @throws ConfigurationException there is none, and the password cannot be one
     */
    public boolean makeFirstUser(String password) throws SQLException, ConfigurationException {
        if (!transactions.read(Users::none)) {
            return true;
        }
        if (password.isEmpty()) {
            return false;
        }
        checkFirst(password);
        String hash = passwords.hash(password);
        return transactions.write(tx -> {
            Users.lock(tx);
            if (Users.none(tx)) {
                Instant now = clock.instant();
                Users.put(tx, new Users.User(ADMIN, Role.ADMINISTRATOR, hash, null, now, Actor.SYSTEM.user()));
                AuditTrail.add(tx, now, Actor.SYSTEM, "user.put", ADMIN, Map.of("outcome", "created"));
            }
            return true;
        });
    }

    /**
     * Looks whether {@link #makeFirstUser} can do with that password; an empty one is no problem here.
     *
     * @throws ConfigurationException there is no user, and the password cannot be one
     */
    public void checkFirstUser(String password) throws SQLException, ConfigurationException {
        if (!password.isEmpty() && transactions.read(Users::none)) {
            checkFirst(password);
        }
    }

    private static void checkFirst(String password) throws ConfigurationException {
        Optional<String> wrong = UserRules.wrongWith(password);
        if (wrong.isPresent()) {
            throw new ConfigurationException(
                    List.of("admin.password: " + wrong.get() + " (expected: " + UserRules.PASSWORD + ")"));
        }
    }

    private void one(Request request, Response response) throws SQLException {
        String name = UserRules.name(request.path("name"));
        Users.User user = transactions
                .read(connection -> Users.find(connection, name))
                .orElseThrow(() -> Problem.notFound("user " + name));
        response.json(200, view(user));
    }

    private void put(Request request, Response response) throws SQLException {
        String name = UserRules.name(request.path("name"));
        Body body = request.json(Body.class);
        Role role = UserRules.role(body.role());
        String hash = body.password() == null ? null : passwords.hash(UserRules.password(body.password()));
        Actor actor = Actor.of(request);
        Outcome outcome = transactions.write(tx -> put(tx, name, role, hash, actor));
        response.json(outcome.created() ? 201 : 200, view(outcome.user()));
    }

    private Outcome put(Connection tx, String name, Role role, @Nullable String hash, Actor actor) throws SQLException {
        Users.lock(tx);
        Instant now = clock.instant();
        Optional<Users.User> before = Users.find(tx, name);
        if (role != Role.ADMINISTRATOR && Users.onlyAdministratorIs(tx, name)) {
            throw Problem.conflict(
                    name + " is the last administrator", Map.of("expected", "another administrator first"));
        }
        boolean revokes = before.isPresent() && (hash != null || before.get().role() != role);
        Users.User user = new Users.User(
                name,
                role,
                hash != null ? hash : before.map(Users.User::passwordHash).orElseGet(() -> UserRules.password(null)),
                revokes ? now : before.map(Users.User::revokedUntil).orElse(null),
                now,
                actor.user());
        Users.put(tx, user);
        if (revokes) {
            Revocations.user(tx, name, now);
        }
        Map<String, String> detail = Map.of(
                "outcome", before.isPresent() ? "updated" : "created",
                "role", role.text(),
                "password", hash == null ? "kept" : "set");
        AuditTrail.add(tx, now, actor, "user.put", name, detail);
        return new Outcome(user, before.isEmpty());
    }

    private static View view(Users.User user) {
        return new View(user.name(), user.role(), user.changedAt(), user.changedBy());
    }
}
