package identicom.alertservice.journey;

import identicom.runtime.http.Api;
import identicom.runtime.http.Problem;
import identicom.runtime.http.Request;
import identicom.runtime.http.Response;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a page reports, and how fast alerts are taken up. Describes itself in {@code openapi/statistics.json}. */
final class JourneyApi {

    private static final Duration USUAL = Duration.ofDays(30);
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final Duration REPORTED_WITHIN = Duration.ofSeconds(60);

    /** @param at by the page's clock */
    record ShownBody(@Nullable String at) {}

    private final Sightings sightings;
    private final Statistics statistics;

    JourneyApi(Sightings sightings, Statistics statistics) {
        this.sightings = sightings;
        this.statistics = statistics;
    }

    Api api() {
        return new Api("statistics").bind("alertShown", this::shown).bind("getStatistics", this::statistics);
    }

    /** Taken at its word for a minute back; a page whose clock is further off has shown it now. */
    private void shown(Request request, Response response) {
        UUID alert = id(request.path("id"));
        String said = request.json(ShownBody.class).at();
        Duration since = said == null ? Duration.ZERO : Duration.between(time(said), Instant.now());
        boolean believable = !since.isNegative() && since.compareTo(REPORTED_WITHIN) <= 0;
        sightings.shown(alert, believable ? since : Duration.ZERO);
        response.empty(204);
    }

    private static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw Problem.badRequest("at", text, "a time such as 2026-05-01T08:30:00Z");
        }
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest("id", text, "an alert's id, a UUID");
        }
    }

    private void statistics(Request request, Response response) throws SQLException {
        Optional<Instant> from = request.instant("from");
        Optional<Instant> to = request.instant("to");
        Instant end = to.orElseGet(Instant::now);
        from.ifPresent(begin -> {
            if (!begin.isBefore(end) || Duration.between(begin, end).compareTo(LONGEST) > 0) {
                throw Problem.badRequest("from", begin.toString(), "a time at most 366 days before to");
            }
        });
        response.json(200, statistics.between(from.orElse(null), to.orElse(null), USUAL));
    }
}
