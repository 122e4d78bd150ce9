package identicom.fleetservice.presence;

import static org.assertj.core.api.Assertions.assertThat;

import identicom.fleetservice.TestFleet;
import identicom.schema.v1.SessionClosed;
import identicom.schema.v1.SessionOpened;
import identicom.schema.v1.SessionRecord;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** The order of a unit's sessions when two instances write what they read, one of them late, on a real PostgreSQL. */
class SessionOrderTest {
    private final TestFleet fleet = TestFleet.shared();

    @Test
    void whatAnInstanceThatStoodStillBringsLateChangesNothing() throws SQLException {
        fleet.asAdmin("PUT", "/api/v1/units/LATE-1", "{}");
        store(opened("LATE-1", "old", 1_000), 10);
        store(opened("LATE-1", "new", 2_000), 20);
        store(closed("LATE-1", "new", 3_000), 21);

        store(opened("LATE-1", "old", 1_000), 10);
        assertThat(row("LATE-1")).isEqualTo("new 2000 closed");
        store(opened("LATE-1", "new", 2_000), 20);
        assertThat(row("LATE-1")).as("what is over stays over").isEqualTo("new 2000 closed");
    }

    @Test
    void theOrderIsThatOfThePartitionAndNotOfAClock() throws SQLException {
        fleet.asAdmin("PUT", "/api/v1/units/LATE-2", "{}");
        store(opened("LATE-2", "old", 2_000), 10);
        store(opened("LATE-2", "new", 1_000), 11);
        assertThat(row("LATE-2")).isEqualTo("new 1000 open");
    }

    @Test
    void ofATopicThatWasMadeAnewALaterSessionCounts() throws SQLException {
        fleet.asAdmin("PUT", "/api/v1/units/LATE-3", "{}");
        store(opened("LATE-3", "before", 1_000), 5_000_000);
        store(opened("LATE-3", "after", 2_000), 0);
        assertThat(row("LATE-3")).isEqualTo("after 2000 open");
    }

    private static SessionRecord opened(String serial, String id, long at) {
        return record(serial, id)
                .setOpened(SessionOpened.newBuilder().setAtUs(at))
                .build();
    }

    private static SessionRecord closed(String serial, String id, long at) {
        return record(serial, id)
                .setClosed(SessionClosed.newBuilder().setLastByteAtUs(at))
                .build();
    }

    private static SessionRecord.Builder record(String serial, String id) {
        return SessionRecord.newBuilder().setSerial(serial).setSessionId(id).setStation("st");
    }

    private static void store(SessionRecord record, long offset) throws SQLException {
        SessionBatch batch = new SessionBatch();
        batch.add(record, offset);
        try (Connection connection = TestFleet.database()) {
            PresenceStore.sessions(connection, batch, Long.MAX_VALUE);
        }
    }

    private static String row(String serial) throws SQLException {
        try (Connection connection = TestFleet.database();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        select concat_ws(' ', session_id, (extract(epoch from opened_at) * 1000000)::bigint,
                                         case when closed then 'closed' else 'open' end)
                        from fleet.unit_sessions where serial = '""" + serial + "'")) {
            row.next();
            return row.getString(1);
        }
    }
}
