package identicom.fleetservice.units.csv;

import identicom.fleetservice.audit.Actor;
import identicom.fleetservice.audit.AuditTrail;
import identicom.fleetservice.storage.Transactions;
import identicom.fleetservice.units.InvalidField;
import identicom.fleetservice.units.StoredUnits;
import identicom.fleetservice.units.Unit;
import identicom.runtime.http.Api;
import identicom.runtime.http.Problem;
import identicom.runtime.http.Request;
import identicom.runtime.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;

/**
 * Import of a whitelist file over HTTP. The whole file is read before anything is written, and all its good lines are written in
 * one transaction: a broken upload imports nothing. One import at a time, so that the memory it takes is bounded.
 */
public final class ImportApi {
    private static final Duration RETRY_WHEN_BUSY = Duration.ofSeconds(5);

    private final Transactions transactions;
    private final Clock clock;
    private final long maxBytes;
    private final int maxLines;
    private final Semaphore oneAtATime = new Semaphore(1);

    /** The answer. */
    private record Report(int created, int updated, List<UnitsFile.Rejected> rejected) {}

    /** @param maxLines the header included */
    public ImportApi(Transactions transactions, Clock clock, long maxBytes, int maxLines) {
        this.transactions = transactions;
        this.clock = clock;
        this.maxBytes = maxBytes;
        this.maxLines = maxLines;
    }

    public void bind(Api api) {
        api.bind("importUnits", this::importUnits);
    }

    private void importUnits(Request request, Response response) throws IOException, SQLException {
        requireCsv(request.header("Content-Type").orElse(""));
        if (!oneAtATime.tryAcquire()) {
            throw Problem.tooMany(RETRY_WHEN_BUSY);
        }
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            UnitsFile file = read(new DigestInputStream(request.body(maxBytes), sha256));
            StoredUnits.Changed changed = store(file, HexFormat.of().formatHex(sha256.digest()), Actor.of(request));
            response.json(200, new Report(changed.created(), changed.updated(), file.rejected()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        } finally {
            oneAtATime.release();
        }
    }

    private static void requireCsv(String contentType) {
        String mediaType = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!mediaType.equals("text/csv")) {
            throw Problem.unsupportedMediaType(contentType, "text/csv");
        }
    }

    private UnitsFile read(InputStream body) throws IOException {
        try {
            return UnitsFile.read(body, maxLines);
        } catch (InvalidField e) {
            throw e.problem();
        } catch (UnitsFile.TooManyLines e) {
            throw Problem.badRequest("body", "more lines", "at most " + maxLines + " lines in one import");
        }
    }

    private StoredUnits.Changed store(UnitsFile file, String sha256, Actor actor) throws SQLException {
        List<Unit> units =
                file.units().stream().sorted(Comparator.comparing(Unit::serial)).toList();
        Instant now = clock.instant();
        return transactions.write(tx -> {
            StoredUnits.Changed changed = put(tx, units, now, actor.user());
            Map<String, String> detail = Map.of(
                    "sha256", sha256,
                    "lines", Integer.toString(units.size() + file.rejected().size()),
                    "created", Integer.toString(changed.created()),
                    "updated", Integer.toString(changed.updated()),
                    "rejected", Integer.toString(file.rejected().size()));
            AuditTrail.add(tx, now, actor, "units.import", "", detail);
            return changed;
        });
    }

    private static StoredUnits.Changed put(Connection tx, List<Unit> units, Instant now, String changedBy)
            throws SQLException {
        StoredUnits.Changed changed = new StoredUnits.Changed(0, 0);
        for (int from = 0; from < units.size(); from += StoredUnits.MAX_AT_ONCE) {
            int to = Math.min(units.size(), from + StoredUnits.MAX_AT_ONCE);
            changed = changed.plus(StoredUnits.put(tx, units.subList(from, to), now, changedBy));
        }
        return changed;
    }
}
