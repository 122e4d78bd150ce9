package identicom.logservice.http;

import identicom.logservice.retention.Hold;
import identicom.logservice.retention.Holds;
import identicom.runtime.http.Api;
import identicom.runtime.http.Page;
import identicom.runtime.http.Problem;
import identicom.runtime.http.Request;
import identicom.runtime.http.Response;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/holds}: legal holds are set, lifted and listed. */
public final class HoldsApi {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern SERIAL = Pattern.compile("[A-Z0-9-]{1,12}");
    private static final int MAX_REASON = 1_000;

    private final Holds holds;

    /** The body of a PUT. */
    private record Body(
            @Nullable String serial,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable String reason) {}

    /** The body of lifting. */
    private record Lift(@Nullable String reason) {}

    /** What a cursor is of. */
    private record Filter(@Nullable Boolean standing) {}

    public HoldsApi(Holds holds) {
        this.holds = holds;
    }

    public Api bindTo(Api api) {
        return api.bind("listHolds", this::list).bind("putHold", this::put).bind("liftHold", this::lift);
    }

    private void list(Request request, Response response) throws SQLException {
        Filter filter = new Filter(request.query("standing").map(HoldsApi::flag).orElse(null));
        int limit = request.limit();
        long below =
                request.cursor().map(text -> Cursor.parse(text, filter).below()).orElse(Long.MAX_VALUE);
        List<Hold> found = holds.list(below, filter.standing(), limit + 1);
        List<Hold> shown = found.size() > limit ? found.subList(0, limit) : found;
        String next = found.size() > limit ? new Cursor(shown.getLast().ordinal(), Instant.EPOCH).text(filter) : null;
        response.json(200, new Page<>(shown, next));
    }

    private void put(Request request, Response response) throws SQLException {
        String name = name(request);
        Hold.Wanted wanted = wanted(request.json(Body.class));
        Holds.Outcome outcome = holds.set(name, wanted, ExportTrail.actor(request));
        Hold hold = outcome.hold();
        if (hold.liftedAt() != null || !hold.isFor(wanted)) {
            throw Problem.conflict(
                    "Hold " + name + (hold.liftedAt() == null ? " is about something else" : " was lifted"),
                    Map.of("expected", "a name that no hold has had; a hold is never changed, only lifted"));
        }
        response.json(outcome.changed() ? 201 : 200, hold);
    }

    private void lift(Request request, Response response) throws SQLException {
        String name = name(request);
        String reason = reason(request.json(Lift.class).reason());
        Holds.Outcome outcome = holds.lift(name, reason, ExportTrail.actor(request))
                .orElseThrow(() -> Problem.notFound("hold " + name));
        response.json(200, outcome.hold());
    }

    private static Hold.Wanted wanted(Body body) {
        @Nullable String serial = body.serial();
        if (serial != null && !SERIAL.matcher(serial).matches()) {
            throw Problem.badRequest("serial", serial, "1 to 12 characters of A-Z, 0-9 and -");
        }
        Instant from = time("from", body.from());
        Instant to = time("to", body.to());
        if (serial == null && from == null && to == null) {
            throw Problem.badRequest("body", "nothing to hold", "a serial, a time from, a time to, or several of them");
        }
        if (from != null && to != null && !from.isBefore(to)) {
            throw Problem.badRequest("to", to.toString(), "a time after from, " + from);
        }
        return new Hold.Wanted(serial, from, to, reason(body.reason()));
    }

    /** As the database keeps it. */
    private static @Nullable Instant time(String name, @Nullable Instant time) {
        return time == null ? null : Request.writable(name, time).truncatedTo(ChronoUnit.MICROS);
    }

    private static String name(Request request) {
        String name = request.path("name");
        if (!NAME.matcher(name).matches()) {
            throw Problem.badRequest("name", name, "1 to 64 characters of A-Z, a-z, 0-9, . _ and -");
        }
        return name;
    }

    private static String reason(@Nullable String reason) {
        if (reason == null || reason.isBlank() || reason.length() > MAX_REASON || reason.indexOf('\0') >= 0) {
            throw Problem.badRequest("reason", String.valueOf(reason), "why, in 1 to " + MAX_REASON + " characters");
        }
        return reason.strip();
    }

    private static Boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw Problem.badRequest("standing", text, "true, false");
        };
    }
}
