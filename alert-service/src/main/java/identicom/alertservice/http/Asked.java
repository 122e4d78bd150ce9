package identicom.alertservice.http;

import identicom.alertservice.store.Actions.Person;
import identicom.runtime.http.Problem;
import identicom.runtime.http.Request;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What is read of a request. */
final class Asked {

    private Asked() {}

    static Person person(Request request) {
        return new Person(request.identity().user(), request.identity().role().text(), request.remoteAddress());
    }

    /** A text without blanks around it. */
    static String text(String name, @Nullable String text, int longest, String expected) {
        if (text == null || text.isBlank()) {
            throw Problem.badRequest(name, text == null ? "absent" : "blank", expected);
        }
        if (text.length() > longest) {
            throw Problem.badRequest(name, text.length() + " characters", "at most " + longest);
        }
        if (text.indexOf('\0') >= 0) {
            throw Problem.badRequest(name, "a text with a zero character", "text");
        }
        return text.strip();
    }

    /** What is looked for by what it is called. */
    static String word(String name, String text) {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw Problem.badRequest(name, "a text with a control character", "a " + name);
        }
        return text;
    }

    static void needDatabase(BooleanSupplier away) {
        if (away.getAsBoolean()) {
            throw Problem.unavailable(
                    "the database does not answer; emergencies go on coming by /api/v1/alerts/stream");
        }
    }
}
