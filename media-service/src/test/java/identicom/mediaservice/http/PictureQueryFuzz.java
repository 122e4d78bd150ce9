package identicom.mediaservice.http;

import static identicom.fuzzing.Invariants.holds;
import static identicom.fuzzing.Invariants.printable;
import static identicom.fuzzing.Invariants.same;

import identicom.fuzzing.FuzzTarget;
import identicom.mediaservice.index.PictureFilter;
import identicom.mediaservice.index.PictureList.Place;
import identicom.runtime.http.AskedRequest;
import identicom.runtime.http.Problem;
import identicom.runtime.http.Request;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Any query of the list of pictures: filter and cursor, or a 400. Input: the raw query. */
final class PictureQueryFuzz implements FuzzTarget {
    private static final Set<String> KNOWN = Set.of("serial", "from", "to", "cursor", "limit");

    @Override
    public void run(byte[] input) {
        String query = new String(input, StandardCharsets.ISO_8859_1);
        try {
            Request request = AskedRequest.of(query, KNOWN);
            PictureFilter filter = Parameters.filter(request);
            String serial = filter.serial();
            holds(serial == null || serial.matches("[A-Z0-9-]{1,12}"), "serial");
            request.cursor().ifPresent(text -> cursor(text, filter));
        } catch (Problem problem) {
            same(400, problem.status(), "status");
            printable(problem.getMessage(), "detail");
        }
    }

    private static void cursor(String text, PictureFilter filter) {
        Place place = Cursor.parse(text, filter);
        same(place, Cursor.parse(Cursor.text(place, filter), filter), "a cursor's text");
    }

    @Override
    public long mostAllocated(int length) {
        return 131_072 + 1_000L * length;
    }
}
