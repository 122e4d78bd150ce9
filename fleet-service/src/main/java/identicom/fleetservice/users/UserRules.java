package identicom.fleetservice.users;

import identicom.runtime.http.Problem;
import identicom.runtime.http.Role;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a user's name, role and password can be. */
final class UserRules {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._@-]{0,63}");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final int MIN_PASSWORD = 8;
    private static final int MAX_PASSWORD = 1_024;

    /** What a password can be. */
    static final String PASSWORD = MIN_PASSWORD + " to " + MAX_PASSWORD + " characters, no control characters";

    private UserRules() {}

    /** What is wrong with a password, without repeating it. */
    static Optional<String> wrongWith(String password) {
        boolean fits = password.length() >= MIN_PASSWORD
                && password.length() <= MAX_PASSWORD
                && !CONTROL.matcher(password).find();
        return fits ? Optional.empty() : Optional.of(password.length() + " characters");
    }

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
        wrongWith(was).ifPresent(wrong -> {
            throw Problem.badRequest("password", wrong, PASSWORD);
        });
        return was;
    }
}
