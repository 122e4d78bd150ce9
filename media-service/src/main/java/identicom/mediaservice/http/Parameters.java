package identicom.mediaservice.http;

import identicom.mediaservice.index.PictureFilter;
import identicom.runtime.http.Problem;
import identicom.runtime.http.Request;
import java.time.Instant;
import java.util.regex.Pattern;

/** Reads the list's filters from the query; what cannot be used is answered with what was expected. */
final class Parameters {
    private static final Pattern SERIAL = Pattern.compile("[A-Z0-9-]{1,12}");

    private Parameters() {}

    static PictureFilter filter(Request request) {
        String serial = request.query("serial").orElse(null);
        if (serial != null && !SERIAL.matcher(serial).matches()) {
            throw Problem.badRequest("serial", serial, "1 to 12 characters of A-Z, 0-9 and -");
        }
        Instant from = request.instant("from").orElse(null);
        Instant to = request.instant("to").orElse(null);
        if (from != null && to != null && to.isBefore(from)) {
            throw Problem.badRequest("to", to.toString(), "a time not before from, " + from);
        }
        return new PictureFilter(serial, from, to);
    }
}
