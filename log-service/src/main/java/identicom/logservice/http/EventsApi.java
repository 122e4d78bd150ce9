package identicom.logservice.http;

import identicom.logservice.events.EventFilter;
import identicom.logservice.events.EventList;
import identicom.logservice.events.EventList.Place;
import identicom.logservice.events.StoredEvent;
import identicom.runtime.http.Api;
import identicom.runtime.http.Page;
import identicom.runtime.http.Problem;
import identicom.runtime.http.Request;
import identicom.runtime.http.Response;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/v1/events}: a page as JSON, or everything as CSV or line-wise JSON. */
public final class EventsApi {
    /** Rows that an export holds in memory at once. */
    static final int EXPORT_PART = 5_000;

    private final EventList events;
    private final ExportTrail trail;

    public EventsApi(EventList events, ExportTrail trail) {
        this.events = events;
        this.trail = trail;
    }

    public Api bindTo(Api api) {
        return api.bind("listEvents", this::list);
    }

    private void list(Request request, Response response) throws SQLException, IOException {
        EventFilter filter = Parameters.events(request);
        if (request.accepts(CsvWriter.MEDIA_TYPE)) {
            export(filter, request, response, CsvWriter.MEDIA_TYPE + "; charset=utf-8", "events.csv", CsvWriter::new);
        } else if (request.accepts(NdjsonWriter.MEDIA_TYPE)) {
            export(filter, request, response, NdjsonWriter.MEDIA_TYPE, "events.ndjson", NdjsonWriter::new);
        } else {
            response.json(200, page(filter, request));
        }
    }

    private Page<EventItem> page(EventFilter filter, Request request) throws SQLException {
        int limit = request.limit();
        Place place = place(filter, request);
        // One more than shown says whether there is more.
        List<StoredEvent> found = events.read(filter, place, limit + 1);
        List<StoredEvent> shown = found.size() > limit ? found.subList(0, limit) : found;
        String next = found.size() > limit ? new Cursor(shown.getLast().storedId(), place.began()).text(filter) : null;
        return new Page<>(shown.stream().map(EventItem::of).toList(), next);
    }

    private Place place(EventFilter filter, Request request) throws SQLException {
        @Nullable String text = request.cursor().orElse(null);
        if (text == null) {
            return events.begin();
        }
        Cursor cursor = Cursor.parse(text, filter);
        return new Place(cursor.below(), cursor.began());
    }

    @FunctionalInterface
    private interface Format {
        EventWriter on(OutputStream out) throws IOException;
    }

    /**
     * Everything the filter lets through, part by part: each part is read when the one before has been taken, so a slow reader holds
     * neither memory nor a connection to the database, and one that has left ends it at the next write.
     */
    private void export(EventFilter filter, Request request, Response response, String type, String file, Format format)
            throws SQLException, IOException {
        refuse(request, "cursor");
        refuse(request, "limit");
        trail.exported(request, filter, type);
        Place place = events.begin();
        List<StoredEvent> part = events.read(filter, place, EXPORT_PART);
        Map<String, String> headers = Map.of("Content-Disposition", "attachment; filename=\"" + file + "\"");
        try (EventWriter writer = format.on(response.stream(type, headers))) {
            while (!part.isEmpty()) {
                for (StoredEvent event : part) {
                    writer.write(EventItem.of(event));
                }
                writer.flush();
                place = new Place(part.getLast().storedId(), place.began());
                part = part.size() < EXPORT_PART ? List.of() : events.read(filter, place, EXPORT_PART);
            }
        }
    }

    private static void refuse(Request request, String name) {
        request.query(name).ifPresent(value -> {
            throw Problem.badRequest(name, value, "none: an export has everything that the filters let through");
        });
    }
}
