package identicom.logservice.http;

import identicom.logservice.audit.AuditFilter;
import identicom.logservice.audit.AuditList;
import identicom.logservice.audit.StoredAudit;
import identicom.runtime.http.Api;
import identicom.runtime.http.Page;
import identicom.runtime.http.Request;
import identicom.runtime.http.Response;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** {@code GET /api/v1/audit}: who did what, when, from where. */
public final class AuditApi {
    private final AuditList audit;

    public AuditApi(AuditList audit) {
        this.audit = audit;
    }

    public Api bindTo(Api api) {
        return api.bind("listAudit", this::list);
    }

    private void list(Request request, Response response) throws SQLException {
        AuditFilter filter = Parameters.audit(request);
        int limit = request.limit();
        long below =
                request.cursor().map(text -> Cursor.parse(text, filter).below()).orElse(Long.MAX_VALUE);
        List<StoredAudit> found = audit.read(filter, below, limit + 1);
        List<StoredAudit> shown = found.size() > limit ? found.subList(0, limit) : found;
        String next = found.size() > limit ? new Cursor(shown.getLast().storedId(), Instant.EPOCH).text(filter) : null;
        response.json(200, new Page<>(shown, next));
    }
}
