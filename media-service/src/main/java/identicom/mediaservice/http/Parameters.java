package identicom.mediaservice.http;

import identicom.mediaservice.index.PictureFilter;
import identicom.runtime.http.Problem;
import identicom.runtime.http.Request;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the list's filters from the query; what cannot be used is answered with what was expected. */
final class Parameters {
    private static final Pattern SERIAL = Pattern.compile("[A-Z0-9-]{1,12}");

    /** 0001-01-01 and 10000-01-01: what RFC 3339 can write. */
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    private Parameters() {}

    static PictureFilter filter(Request request) {
        String serial = request.query("serial").orElse(null);
        if (serial != null && !SERIAL.matcher(serial).matches()) {
            throw Problem.badRequest("serial", serial, "1 to 12 characters of A-Z, 0-9 and -");
        }
        Instant from = time(request, "from");
        Instant to = time(request, "to");
        if (from != null && to != null && to.isBefore(from)) {
            throw Problem.badRequest("to", to.toString(), "a time not before from, " + from);
        }
        return new PictureFilter(serial, from, to);
    }

    private static @Nullable Instant time(Request request, String name) {
        Instant time = request.instant(name).orElse(null);
        if (time != null && (time.isBefore(FIRST) || !time.isBefore(END))) {
            throw Problem.badRequest(name, time.toString(), "a time in the years 1 to 9999");
        }
        return time;
    }
}
