package identicom.mediaservice.http;

import static identicom.fuzzing.Invariants.holds;
import static identicom.fuzzing.Invariants.same;

import identicom.mediaservice.index.PictureFilter;
import identicom.mediaservice.index.PictureList.Place;
import identicom.runtime.http.QueryTarget;
import identicom.runtime.http.Request;

/** Any query of the list of pictures: filter and cursor, or a 400. */
final class PictureQueryFuzz extends QueryTarget {
    PictureQueryFuzz() {
        super("serial", "from", "to", "cursor", "limit");
    }

    @Override
    protected void read(Request request) {
        PictureFilter filter = Parameters.filter(request);
        String serial = filter.serial();
        holds(serial == null || serial.matches("[A-Z0-9-]{1,12}"), "serial");
        request.cursor().ifPresent(text -> cursor(text, filter));
    }

    private static void cursor(String text, PictureFilter filter) {
        Place place = Cursor.parse(text, filter);
        same(place, Cursor.parse(Cursor.text(place, filter), filter), "a cursor's text");
    }
}
