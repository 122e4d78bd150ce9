package identicom.runtime.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import java.util.Map;

/** What every answer tells a browser: run and load nothing but this site's own, be framed by nobody, keep nothing. */
final class SecurityHeaders {
    static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; manifest-src 'self'; "
            + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy", CONTENT_SECURITY_POLICY,
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Permissions-Policy", "camera=(), geolocation=(), microphone=()",
            "Cache-Control", "no-store");

    private SecurityHeaders() {}

    static void set(ServerResponseHeaders headers, boolean secure) {
        HEADERS.forEach((name, value) -> headers.set(HeaderNames.create(name), value));
        if (secure) {
            headers.set(HeaderNames.create("Strict-Transport-Security"), "max-age=31536000");
        }
    }
}
