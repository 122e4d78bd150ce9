package identicom.fleetservice.units;

import identicom.fleetservice.audit.Actor;
import identicom.fleetservice.audit.AuditTrail;
import identicom.fleetservice.storage.Transactions;
import identicom.runtime.http.Api;
import identicom.runtime.http.Page;
import identicom.runtime.http.Problem;
import identicom.runtime.http.Request;
import identicom.runtime.http.Response;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Units over HTTP: put, list, one. */
public final class UnitsApi {
    private final Transactions transactions;
    private final Clock clock;

    /** The body of a PUT: what is absent takes its default. */
    private record Body(
            @Nullable String wearer,
            @Nullable String phone,
            @Nullable String site,
            @Nullable Integer checkInMinutes,
            @Nullable Integer graceMinutes,
            @Nullable String state) {}

    public UnitsApi(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    public void bind(Api api) {
        api.bind("putUnit", this::put).bind("getUnit", this::one).bind("listUnits", this::list);
    }

    private void put(Request request, Response response) throws SQLException {
        Unit unit = unit(request.path("serial"), request.json(Body.class));
        Actor actor = Actor.of(request);
        Instant now = clock.instant();
        record Outcome(boolean created, UnitView view) {}
        Outcome outcome = transactions.write(tx -> {
            StoredUnits.Changed changed = StoredUnits.put(tx, List.of(unit), now, actor.user());
            AuditTrail.add(tx, now, actor, "unit.put", unit.serial(), detail(unit, changed));
            return new Outcome(
                    changed.created() == 1,
                    UnitQueries.one(tx, unit.serial(), now).orElseThrow());
        });
        response.json(outcome.created() ? 201 : 200, outcome.view());
    }

    private void one(Request request, Response response) throws SQLException {
        String serial = serial(request);
        UnitView view = transactions
                .read(connection -> UnitQueries.one(connection, serial, clock.instant()))
                .orElseThrow(() -> Problem.notFound("unit " + serial));
        response.json(200, view);
    }

    private void list(Request request, Response response) throws SQLException {
        int limit = request.limit();
        UnitQueries.Filter filter = filter(request);
        List<UnitView> units =
                transactions.read(connection -> UnitQueries.list(connection, filter, limit + 1, clock.instant()));
        boolean more = units.size() > limit;
        List<UnitView> page = more ? units.subList(0, limit) : units;
        response.json(200, new Page<>(page, more ? cursor(page.getLast().serial()) : null));
    }

    static UnitQueries.Filter filter(Request request) {
        return new UnitQueries.Filter(
                request.cursor().map(UnitsApi::serialOfCursor).orElse(null),
                request.query("state").map(UnitsApi::state).orElse(null),
                request.query("site").orElse(null),
                request.query("connected").map(UnitsApi::flag).orElse(null));
    }

    private static Unit unit(String serial, Body body) {
        try {
            return new Unit(
                    UnitRules.serial(serial),
                    UnitRules.text("wearer", body.wearer()),
                    UnitRules.phone(body.phone()),
                    UnitRules.text("site", body.site()),
                    UnitRules.checkInMinutes(body.checkInMinutes()),
                    UnitRules.graceMinutes(body.graceMinutes()),
                    UnitRules.state(body.state()));
        } catch (InvalidField e) {
            throw e.problem();
        }
    }

    private static Map<String, String> detail(Unit unit, StoredUnits.Changed changed) {
        Map<String, String> detail = new TreeMap<>();
        detail.put("outcome", changed.created() == 1 ? "created" : changed.updated() == 1 ? "updated" : "unchanged");
        detail.put("wearer", unit.wearer());
        detail.put("phone", unit.phone());
        detail.put("site", unit.site());
        detail.put("checkInMinutes", Integer.toString(unit.checkInMinutes()));
        detail.put("graceMinutes", Integer.toString(unit.graceMinutes()));
        detail.put("state", unit.state().text());
        return detail;
    }

    /**
     * The serial number in a request's path.
     *
     * @throws Problem 400 no unit can have it
     */
    public static String serial(Request request) {
        try {
            return UnitRules.serial(request.path("serial"));
        } catch (InvalidField e) {
            throw e.problem();
        }
    }

    private static String state(String was) {
        try {
            return UnitRules.state(was).text();
        } catch (InvalidField e) {
            throw e.problem();
        }
    }

    private static Boolean flag(String was) {
        return switch (was) {
            case "true" -> true;
            case "false" -> false;
            default -> throw Problem.badRequest("connected", was, "true, false");
        };
    }

    static String cursor(String serial) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(serial.getBytes(StandardCharsets.US_ASCII));
    }

    private static String serialOfCursor(String cursor) {
        try {
            return UnitRules.serial(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException | InvalidField e) {
            throw Problem.badCursor(cursor);
        }
    }
}
