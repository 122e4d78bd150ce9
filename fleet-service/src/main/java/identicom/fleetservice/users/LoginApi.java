package identicom.fleetservice.users;

import identicom.fleetservice.audit.Actor;
import identicom.fleetservice.audit.AuditTrail;
import identicom.fleetservice.storage.Transactions;
import identicom.fleetservice.tokens.Revocations;
import identicom.fleetservice.tokens.TokenIssuer;
import identicom.runtime.http.Api;
import identicom.runtime.http.Identity;
import identicom.runtime.http.Problem;
import identicom.runtime.http.Request;
import identicom.runtime.http.Response;
import identicom.runtime.http.Role;
import identicom.runtime.token.TokenClaims;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Login and logout over HTTP. An unknown user and a wrong password are told apart neither by the answer nor by its time. */
public final class LoginApi {
    /** No name and no password is longer; what is, is cut before it is kept anywhere. */
    private static final int MAX_TEXT = 1_024;

    private final Transactions transactions;
    private final Passwords passwords;
    private final Throttle throttle;
    private final TokenIssuer issuer;
    private final LoginMetrics metrics;
    private final Clock clock;
    private final String hashOfNobody;

    private record Credentials(
            @Nullable String user, @Nullable String password) {
        @Override
        public String toString() {
            return "Credentials[" + user + "]";
        }
    }

    private record LoggedIn(String token, Role role) {}

    public LoginApi(
            Transactions transactions,
            Passwords passwords,
            Throttle throttle,
            TokenIssuer issuer,
            LoginMetrics metrics,
            Clock clock) {
        this.transactions = transactions;
        this.passwords = passwords;
        this.throttle = throttle;
        this.issuer = issuer;
        this.metrics = metrics;
        this.clock = clock;
        this.hashOfNobody = passwords.hash("nobody has this password");
    }

    public void bind(Api api) {
        api.bind("login", this::login).bind("logout", this::logout);
    }

    private void login(Request request, Response response) throws SQLException {
        Credentials credentials = request.json(Credentials.class);
        String user = required("user", credentials.user());
        String password = required("password", credentials.password());
        String address = request.remoteAddress();
        Optional<Duration> wait = throttle.attempt(user, address);
        if (wait.isPresent()) {
            metrics.count(LoginMetrics.Outcome.THROTTLED);
            throw Problem.tooMany(wait.get());
        }
        Optional<LoggedIn> loggedIn;
        try {
            loggedIn = verified(user, password, request);
        } catch (SQLException | RuntimeException e) {
            throttle.giveBack(user, address);
            throw e;
        }
        if (loggedIn.isEmpty()) {
            metrics.count(LoginMetrics.Outcome.REFUSED);
            throw Problem.unauthorized("The user or the password is wrong", "a user and their password");
        }
        throttle.succeeded(user, address);
        metrics.count(LoginMetrics.Outcome.ACCEPTED);
        response.tokenCookie(loggedIn.get().token(), TokenClaims.LIFETIME);
        response.json(200, loggedIn.get());
    }

    private Optional<LoggedIn> verified(String user, String password, Request request) throws SQLException {
        Optional<Users.User> known = transactions.read(connection -> Users.find(connection, user));
        boolean matches =
                passwords.matches(password, known.map(Users.User::passwordHash).orElse(hashOfNobody));
        return transactions.write(tx -> {
            Instant now = clock.instant();
            Optional<Users.User> still = Users.findUnchanging(tx, user)
                    .filter(found -> matches
                            && known.isPresent()
                            && found.passwordHash().equals(known.get().passwordHash()));
            if (still.isEmpty()) {
                AuditTrail.add(tx, now, Actor.claiming(user, request), "login.failed", "", Map.of());
                return Optional.empty();
            }
            Role role = still.get().role();
            TokenIssuer.Token token =
                    issuer.issue(tx, user, role, now, still.get().revokedUntil());
            Actor actor = new Actor(user, role.text(), request.remoteAddress());
            AuditTrail.add(tx, now, actor, "login", "", Map.of("token", token.id()));
            return Optional.of(new LoggedIn(token.text(), role));
        });
    }

    private void logout(Request request, Response response) throws SQLException {
        Identity identity = request.identity();
        transactions.write(tx -> {
            Instant now = clock.instant();
            Revocations.token(tx, identity.tokenId(), identity.user(), now);
            AuditTrail.add(tx, now, Actor.of(request), "logout", "", Map.of("token", identity.tokenId()));
            return true;
        });
        response.clearTokenCookie();
        response.empty(204);
    }

    private static String required(String field, @Nullable String was) {
        if (was == null || was.isEmpty() || was.length() > MAX_TEXT || was.indexOf(0) >= 0) {
            String shown = was == null ? "absent" : was.length() + " characters";
            throw Problem.badRequest(field, shown, "1 to " + MAX_TEXT + " characters");
        }
        return was;
    }
}
