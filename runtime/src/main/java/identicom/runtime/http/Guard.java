package identicom.runtime.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lets a request through, or says why not: token, role, and for writes the page it comes from. */
final class Guard {
    static final String COOKIE = "identicom";
    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");
    private static final String BEARER = "bearer ";

    private final Tokens tokens;

    /** What was shown, and whose it is. */
    record Shown(String token, Identity identity) {}

    Guard(Tokens tokens) {
        this.tokens = tokens;
    }

    /**
     * Who asks; empty at a public operation that was asked without a valid token.
     *
     * @throws Problem 401 or 403
     */
    Optional<Shown> admit(ServerRequest request, Operation operation) {
        String bearer = bearer(request);
        String cookie = request.headers().cookies().first(COOKIE).orElse(null);
        boolean writes = !READS.contains(operation.method());
        if (writes && bearer == null && (cookie != null || request.headers().contains(HeaderNames.ORIGIN))) {
            checkOrigin(request);
        }
        String token = bearer != null ? bearer : cookie;
        Optional<Shown> shown =
                token == null ? Optional.empty() : tokens.check(token).map(identity -> new Shown(token, identity));
        if (operation.isPublic()) {
            return shown;
        }
        Role role = shown.orElseThrow(() -> token == null
                        ? Problem.unauthorized()
                        : Problem.unauthorized("The token is not valid, or no longer", "a token of /api/v1/login"))
                .identity()
                .role();
        if (!operation.allows(role)) {
            throw Problem.forbidden(
                    "Role " + role.text() + " may not do this",
                    String.join(
                                    ", ",
                                    operation.roles().stream()
                                            .map(Role::text)
                                            .sorted()
                                            .toList()) + ", administrator");
        }
        return shown;
    }

    boolean isStillValid(String token) {
        return tokens.check(token).isPresent();
    }

    private static @Nullable String bearer(ServerRequest request) {
        String header = request.headers().first(HeaderNames.AUTHORIZATION).orElse("");
        return header.toLowerCase(Locale.ROOT).startsWith(BEARER)
                ? header.substring(BEARER.length()).strip()
                : null;
    }

    private static void checkOrigin(ServerRequest request) {
        String origin = request.headers().first(HeaderNames.ORIGIN).orElse("");
        String host = request.headers().first(HeaderNames.HOST).orElse("");
        if (origin.isEmpty() || !sameAuthority(origin, host)) {
            throw Problem.forbidden(
                    "A write with the cookie has to come from this site's own pages",
                    "Origin: the scheme and host of this site");
        }
    }

    private static boolean sameAuthority(String origin, String host) {
        try {
            URI uri = new URI(origin);
            String scheme = uri.getScheme();
            String authority = uri.getRawAuthority();
            if (authority == null || !(("http".equals(scheme)) || "https".equals(scheme))) {
                return false;
            }
            String port = scheme.equals("https") ? ":443" : ":80";
            return withPort(authority, port).equalsIgnoreCase(withPort(host, port));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static String withPort(String authority, String port) {
        return authority.matches(".*:\\d+") ? authority : authority + port;
    }
}
