package identicom.alertservice.http;

import identicom.alertservice.alert.OnTest;
import identicom.alertservice.store.TestPeriods;
import identicom.runtime.http.Api;
import identicom.runtime.http.Page;
import identicom.runtime.http.Problem;
import identicom.runtime.http.Request;
import identicom.runtime.http.Response;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Units on test. */
public final class TestsApi {

    private static final Pattern SERIAL = Pattern.compile("[A-Z0-9-]{1,12}");

    /** Body of a test: how long. */
    record TestBody(@Nullable Integer minutes) {}

    /** A unit on test as it is told. */
    record Told(String serial, String until, String setBy) {
        static Told of(OnTest unit) {
            return new Told(unit.serial(), unit.until().toString(), unit.setBy());
        }
    }

    private final TestPeriods tests;
    private final BooleanSupplier databaseAway;
    private final Runnable committed;

    /** @param committed called after something was changed */
    public TestsApi(TestPeriods tests, BooleanSupplier databaseAway, Runnable committed) {
        this.tests = tests;
        this.databaseAway = databaseAway;
        this.committed = committed;
    }

    public Api bindTo(Api api) {
        return api.bind("listTests", this::list).bind("putTest", this::put).bind("endTest", this::end);
    }

    private void list(Request request, Response response) throws SQLException {
        int limit = request.limit();
        String after = after(request);
        Asked.needDatabase(databaseAway);
        List<OnTest> found = tests.after(after, limit + 1);
        List<Told> page = found.stream().limit(limit).map(Told::of).toList();
        response.json(
                200, new Page<>(page, found.size() > limit ? page.getLast().serial() : null));
    }

    /** The serial behind which a page begins. */
    static String after(Request request) {
        return request.cursor(SERIAL).orElse("");
    }

    private void put(Request request, Response response) throws SQLException {
        String serial = serial(request);
        Integer minutes = request.json(TestBody.class).minutes();
        long longest = OnTest.LONGEST.toMinutes();
        if (minutes == null || minutes < 1 || minutes > longest) {
            throw Problem.badRequest("minutes", minutes == null ? "absent" : minutes.toString(), "1 to " + longest);
        }
        Asked.needDatabase(databaseAway);
        OnTest unit = tests.put(serial, Duration.ofMinutes(minutes), Asked.person(request));
        committed.run();
        response.json(200, Told.of(unit));
    }

    private void end(Request request, Response response) throws SQLException {
        String serial = serial(request);
        Asked.needDatabase(databaseAway);
        tests.end(serial, Asked.person(request)).orElseThrow(() -> Problem.notFound("test of unit " + serial));
        committed.run();
        response.empty(204);
    }

    private static String serial(Request request) {
        String serial = request.path("serial");
        if (!SERIAL.matcher(serial).matches()) {
            throw Problem.badRequest("serial", serial, "a unit's serial: 1 to 12 of A-Z, 0-9 and -");
        }
        return serial;
    }
}
