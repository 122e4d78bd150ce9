package identicom.alertservice.supervision;

import identicom.alertservice.store.Transactions;
import identicom.alertservice.store.Wearers;
import identicom.alertservice.supervision.rule.Unit;
import identicom.alertservice.supervision.store.Clock;
import identicom.alertservice.supervision.store.Overview;
import identicom.alertservice.supervision.store.Overview.Which;
import identicom.alertservice.supervision.store.Progress;
import identicom.runtime.db.DatabaseOutage;
import identicom.runtime.http.Api;
import identicom.runtime.http.Page;
import identicom.runtime.http.Problem;
import identicom.runtime.http.Request;
import identicom.runtime.http.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Units overdue, never seen, switched off; and how far supervision is. Describes itself in {@code openapi/supervision.json}. */
final class SupervisionApi {

    private static final String CURSOR = "s";

    private final Transactions transactions;
    private final Wearers wearers;
    private final Clock clock;
    private final Supplier<SupervisionMeters.Counted> counted;

    /** @param counted how many units stand how, for everybody who asks */
    SupervisionApi(
            Transactions transactions, Wearers wearers, Clock clock, Supplier<SupervisionMeters.Counted> counted) {
        this.counted = counted;
        this.transactions = transactions;
        this.wearers = wearers;
        this.clock = clock;
    }

    Api api() {
        return new Api("supervision").bind("listSupervision", this::list).bind("getSupervisionSummary", this::summary);
    }

    private void list(Request request, Response response) throws SQLException {
        Which which = which(request);
        String after = after(request);
        int limit = request.limit();
        List<Unit> units = read(tx -> Overview.list(tx, which, after, limit + 1));
        List<Unit> page = units.subList(0, Math.min(limit, units.size()));
        String next = units.size() > limit ? CURSOR + page.getLast().serial() : null;
        response.json(
                200,
                new Page<>(
                        page.stream()
                                .map(unit -> SupervisionView.of(unit, wearers.of(unit.serial())))
                                .toList(),
                        next));
    }

    static Which which(Request request) {
        return request.query("state").map(SupervisionApi::which).orElse(Which.ALL);
    }

    /** The serial behind which a page begins. */
    static String after(Request request) {
        return request.cursor().map(SupervisionApi::serial).orElse("");
    }

    private static Which which(String text) {
        return Arrays.stream(Which.values())
                .filter(which -> which.text().equals(text))
                .findFirst()
                .orElseThrow(() -> Problem.badRequest("state", text, "overdue, never-seen, off or all"));
    }

    private static String serial(String cursor) {
        String serial = cursor.startsWith(CURSOR) ? cursor.substring(CURSOR.length()) : "";
        if (!Reading.SERIAL.matcher(serial).matches()) {
            throw Problem.badCursor(cursor);
        }
        return serial;
    }

    private void summary(Request request, Response response) throws SQLException {
        response.json(200, read(this::summary));
    }

    private SupervisionView.Summary summary(Connection tx) throws SQLException {
        Progress.State state = Progress.state(tx);
        Long watermark = state.watermarkUs();
        SupervisionMeters.Counted units = counted.get();
        return new SupervisionView.Summary(
                SupervisionView.instant(watermark),
                lag(watermark, clock.nowUs(tx)),
                Progress.blind(tx).stream()
                        .filter(station -> !station.equals(Findings.OWN_TOPICS))
                        .toList(),
                units.supervised(),
                units.overdue(),
                units.neverSeen(),
                units.off(),
                state.paused());
    }

    private static @Nullable Long lag(@Nullable Long watermarkUs, long nowUs) {
        return watermarkUs == null ? null : Long.valueOf(Math.max(0, nowUs - watermarkUs) / 1_000_000);
    }

    private <T> T read(Transactions.Work<T> work) throws SQLException {
        try {
            return transactions.snapshot(work);
        } catch (SQLException e) {
            if (DatabaseOutage.causes(e)) {
                throw Problem.unavailable("the database does not answer");
            }
            throw e;
        }
    }
}
