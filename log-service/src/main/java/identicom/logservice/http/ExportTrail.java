package identicom.logservice.http;

import identicom.logservice.audit.Trail;
import identicom.logservice.events.EventFilter;
import identicom.runtime.http.Identity;
import identicom.runtime.http.Request;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;

/** Records who took an export of what, before the first byte of it goes out. */
public final class ExportTrail {
    private final DataSource database;
    private final Trail trail;

    public ExportTrail(DataSource database, Trail trail) {
        this.database = database;
        this.trail = trail;
    }

    void exported(Request request, EventFilter filter, String mediaType) throws SQLException {
        String object = filter.serial() == null ? "" : filter.serial();
        try (Connection connection = database.getConnection()) {
            trail.add(
                    connection,
                    actor(request),
                    "events.export",
                    object,
                    Map.of("filter", filter.toString(), "format", mediaType));
        }
        trail.committed();
    }

    /** Who asks, as the audit trail names them. */
    static Trail.Actor actor(Request request) {
        Identity identity = request.identity();
        return new Trail.Actor(identity.user(), identity.role().text(), request.remoteAddress());
    }
}
