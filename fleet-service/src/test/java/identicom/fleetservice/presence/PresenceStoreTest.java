package identicom.fleetservice.presence;

import static org.assertj.core.api.Assertions.assertThat;

import identicom.fleetservice.TestFleet;
import identicom.schema.v1.Event;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** The order of a unit's log, in one batch and over many, on a real PostgreSQL. */
class PresenceStoreTest {
    private final TestFleet fleet = TestFleet.shared();

    @Test
    void anOlderEntryThatComesLaterChangesNothingButWhenItWasHeard() throws SQLException {
        fleet.asAdmin("PUT", "/api/v1/units/ORD-1", "{}");
        store(event("ORD-1", 5, 100, 1_000).setBattery(40));
        store(event("ORD-1", 5, 99, 2_000).setBattery(60));
        assertThat(row("ORD-1")).isEqualTo("5 100 40 null heard 2000 older {}");
        store(event("ORD-1", 5, 101, 1_500).setBattery(255));
        assertThat(row("ORD-1")).isEqualTo("5 101 null null heard 2000 older {}");
    }

    @Test
    void aSequenceIsUnsigned() throws SQLException {
        fleet.asAdmin("PUT", "/api/v1/units/ORD-2", "{}");
        store(event("ORD-2", 5, (int) 4_000_000_000L, 1_000).setBattery(10));
        store(
                event("ORD-2", 5, 3, 1_000).setBattery(20),
                event("ORD-2", 5, 7, 1_000).setBattery(30));
        assertThat(row("ORD-2")).isEqualTo("5 4000000000 10 null heard 1000 older {}");
    }

    @Test
    void aLogIdFirstSeenLaterIsTheNewerLogAndTheOldOneStaysOld() throws SQLException {
        fleet.asAdmin("PUT", "/api/v1/units/ORD-3", "{}");
        store(event("ORD-3", 900, 5_000, 1_000).setBattery(10));
        store(event("ORD-3", 3, 1, 2_000).setBattery(20));
        store(event("ORD-3", 900, 6_000, 3_000).setBattery(30));
        assertThat(row("ORD-3")).isEqualTo("3 1 20 null heard 3000 older {900}");
        store(
                event("ORD-3", 3, 2, 4_000).setBattery(40),
                event("ORD-3", 77, 1, 4_000).setBattery(50),
                event("ORD-3", 3, 3, 4_000).setBattery(60));
        assertThat(row("ORD-3")).isEqualTo("77 1 50 null heard 4000 older {900,3}");
    }

    @Test
    void onlySixteenOlderLogsAreKept() throws SQLException {
        fleet.asAdmin("PUT", "/api/v1/units/ORD-4", "{}");
        for (int log = 1; log <= 20; log++) {
            store(event("ORD-4", log, 1, 1_000).setBattery(1));
        }
        assertThat(row("ORD-4")).isEqualTo("20 1 1 null heard 1000 older {4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19}");
    }

    @Test
    void theNewestPositionStaysWhileNewerEntriesHaveNone() throws SQLException {
        fleet.asAdmin("PUT", "/api/v1/units/ORD-5", "{}");
        store(at(event("ORD-5", 1, 10, 1_000), 111), event("ORD-5", 1, 11, 1_000));
        assertThat(row("ORD-5")).isEqualTo("1 11 null 111 heard 1000 older {}");
        store(at(event("ORD-5", 1, 9, 1_000), 99));
        assertThat(row("ORD-5")).isEqualTo("1 11 null 111 heard 1000 older {}");
        store(event("ORD-5", 2, 1, 1_000));
        store(at(event("ORD-5", 1, 12, 1_000), 112));
        assertThat(row("ORD-5")).isEqualTo("2 1 null 112 heard 1000 older {1}");
        store(at(event("ORD-5", 2, 2, 1_000), 222));
        store(at(event("ORD-5", 1, 13, 1_000), 113));
        assertThat(row("ORD-5")).isEqualTo("2 2 null 222 heard 1000 older {1}");
    }

    @Test
    void aSerialThatIsNoUnitLeavesNoRow() throws SQLException {
        store(event("ORD-NONE", 1, 1, 1_000));
        assertThat(row("ORD-NONE")).isEqualTo("no row");
    }

    @Test
    void noTimeIsTakenToBeLaterThanNow() throws SQLException {
        fleet.asAdmin("PUT", "/api/v1/units/ORD-6", "{}");
        store(event("ORD-6", 1, 1, Long.MAX_VALUE).setBattery(1));
        assertThat(row("ORD-6")).isEqualTo("1 1 1 null heard 9000 older {}");
    }

    private static Event.Builder event(String serial, int log, int sequence, long heardAtUs) {
        return Event.newBuilder()
                .setSerial(serial)
                .setLogId(log)
                .setSequence(sequence)
                .setBattery(255)
                .setAcceptedAtUs(heardAtUs);
    }

    private static Event.Builder at(Event.Builder event, int latitude) {
        return event.setPositionValid(true).setLatitudeE7(latitude);
    }

    private static void store(Event.Builder... events) throws SQLException {
        EventBatch batch = new EventBatch();
        for (Event.Builder event : events) {
            batch.add(event.build());
        }
        try (Connection connection = TestFleet.database()) {
            for (var round : batch.rounds()) {
                PresenceStore.events(connection, round, 9_000);
            }
        }
    }

    private static String row(String serial) throws SQLException {
        try (Connection connection = TestFleet.database();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        select concat_ws(' ', log_id, sequence, coalesce(battery::text, 'null'),
                                         coalesce(latitude_e7::text, 'null'), 'heard',
                                         (extract(epoch from heard_at) * 1000000)::bigint, 'older', older_logs)
                        from fleet.unit_events where serial = '""" + serial + "'")) {
            return row.next() ? row.getString(1) : "no row";
        }
    }
}
