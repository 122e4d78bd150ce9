package identicom.runtime.http;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a user may do. An administrator may do everything. */
public enum Role {
    OPERATOR,
    AUDITOR,
    FLEET,
    ADMINISTRATOR;

    /** The role's name in JSON and in tokens, such as {@code operator}. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of that name. */
    public static Optional<Role> of(String text) {
        return Arrays.stream(values()).filter(role -> role.text().equals(text)).findFirst();
    }

    @JsonCreator
    static Role ofJson(String text) {
        return of(text).orElseThrow(
                        () -> new IllegalArgumentException("expected operator, auditor, fleet or administrator"));
    }
}
