package identicom.fleetservice.users;

import identicom.runtime.http.Problem;
import identicom.runtime.http.Role;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a user's name, role and password can be. */
final class UserRules {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._@-]{0,63}");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final int MIN_PASSWORD = 8;
    private static final int MAX_PASSWORD = 1_024;

    private UserRules() {}

    static String name(String was) {
        if (!NAME.matcher(was).matches()) {
            throw Problem.badRequest("name", was, "1 to 64 characters a-z 0-9 . _ @ -, the first a letter or digit");
        }
        return was;
    }

    static Role role(@Nullable String was) {
        String text = was == null ? "absent" : was;
        return Role.of(text)
                .orElseThrow(() -> Problem.badRequest("role", text, "operator, auditor, fleet, administrator"));
    }

    /** Never repeats the password in what it says. */
    static String password(@Nullable String was) {
        if (was == null) {
            throw Problem.badRequest("password", "absent", "a password: the user is a new one");
        }
        if (was.length() < MIN_PASSWORD
                || was.length() > MAX_PASSWORD
                || CONTROL.matcher(was).find()) {
            throw Problem.badRequest(
                    "password",
                    was.length() + " characters",
                    MIN_PASSWORD + " to " + MAX_PASSWORD + " characters, no control characters");
        }
        return was;
    }
}
