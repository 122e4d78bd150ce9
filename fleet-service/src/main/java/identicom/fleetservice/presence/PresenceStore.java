package identicom.fleetservice.presence;

import identicom.schema.v1.Event;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes what is known of units, a batch in a few statements. Serials that are no units are left out: rows are bounded by them. */
final class PresenceStore {
    private static final String EVENTS = """
            insert into fleet.unit_events as u (serial, heard_at, log_id, sequence, software_version, battery,
                position_log, position_seq, latitude_e7, longitude_e7, position_at)
            select e.serial, timestamptz 'epoch' + e.heard_us * interval '1 microsecond', e.log_id, e.sequence,
                e.software_version, e.battery, case when e.position_seq is not null then e.log_id end,
                e.position_seq, e.latitude_e7, e.longitude_e7, to_timestamp(e.position_s)
            from unnest(?::text[], ?::bigint[], ?::int[], ?::bigint[], ?::text[], ?::int[], ?::bigint[], ?::int[],
                        ?::int[], ?::bigint[])
                 as e (serial, heard_us, log_id, sequence, software_version, battery, position_seq, latitude_e7,
                       longitude_e7, position_s)
            join fleet.units on units.serial = e.serial
            order by units.serial
            on conflict (serial) do update set
              heard_at = greatest(u.heard_at, excluded.heard_at),
              log_id = case when %1$s then excluded.log_id else u.log_id end,
              sequence = case when %1$s then excluded.sequence else u.sequence end,
              software_version = case when %1$s then excluded.software_version else u.software_version end,
              battery = case when %1$s then excluded.battery else u.battery end,
              older_logs = case when %1$s and excluded.log_id <> u.log_id
                then (u.older_logs || u.log_id)[greatest(1, cardinality(u.older_logs) - 14):] else u.older_logs end,
              position_log = case when %2$s then excluded.position_log else u.position_log end,
              position_seq = case when %2$s then excluded.position_seq else u.position_seq end,
              latitude_e7 = case when %2$s then excluded.latitude_e7 else u.latitude_e7 end,
              longitude_e7 = case when %2$s then excluded.longitude_e7 else u.longitude_e7 end,
              position_at = case when %2$s then excluded.position_at else u.position_at end
            """.formatted(
                    "fleet.is_newer_event(u.log_id, u.sequence, u.older_logs, excluded.log_id, excluded.sequence)",
                    "(excluded.position_seq is not null and fleet.is_newer_event(coalesce(u.position_log, -1),"
                            + " coalesce(u.position_seq, 0), u.older_logs, excluded.log_id, excluded.position_seq))");

    private static final String TOUCHED = """
            update fleet.unit_sessions s
            set heard_at = greatest(s.heard_at, timestamptz 'epoch' + n.heard_us * interval '1 microsecond'),
                closed = s.closed or n.closed
            from unnest(?::text[], ?::text[], ?::bigint[], ?::boolean[]) as n (serial, session_id, heard_us, closed)
            where s.serial = n.serial and s.session_id = n.session_id""";

    /**
     * The order is that of the serial's partition. An instance that stood still while another one took its partitions over may still
     * bring an older record; of a topic that was made anew the offsets begin anew, and the time says what is newer.
     */
    private static final String OPENED = """
            insert into fleet.unit_sessions as s (serial, session_id, station, software_version, opened_at, heard_at,
                                                  closed, opened_offset)
            select n.serial, n.session_id, n.station, n.software_version,
                   timestamptz 'epoch' + n.opened_us * interval '1 microsecond',
                   timestamptz 'epoch' + n.heard_us * interval '1 microsecond', n.closed, n.opened_offset
            from unnest(?::text[], ?::text[], ?::bigint[], ?::boolean[], ?::text[], ?::text[], ?::bigint[], ?::bigint[])
                 as n (serial, session_id, heard_us, closed, station, software_version, opened_us, opened_offset)
            join fleet.units on units.serial = n.serial
            order by units.serial
            on conflict (serial) do update
            set session_id = excluded.session_id, station = excluded.station,
                software_version = excluded.software_version, opened_at = excluded.opened_at,
                heard_at = greatest(s.heard_at, excluded.heard_at), opened_offset = excluded.opened_offset,
                closed = excluded.closed or (s.closed and s.session_id = excluded.session_id)
            where excluded.opened_offset >= s.opened_offset or excluded.opened_at > s.opened_at""";

    private static final String STATIONS = """
            insert into fleet.stations as s (station, started_at, heard_at, draining, main_silent, open_sessions)
            select n.station, timestamptz 'epoch' + n.started_us * interval '1 microsecond',
                   timestamptz 'epoch' + n.heard_us * interval '1 microsecond', n.draining, n.main_silent,
                   n.open_sessions
            from unnest(?::text[], ?::bigint[], ?::bigint[], ?::boolean[], ?::boolean[], ?::int[])
                 as n (station, started_us, heard_us, draining, main_silent, open_sessions)
            order by n.station collate "C"
            on conflict (station) do update
            set started_at = greatest(s.started_at, excluded.started_at),
                heard_at = greatest(s.heard_at, excluded.heard_at),
                draining = case when %1$s then excluded.draining else s.draining end,
                main_silent = case when %1$s then excluded.main_silent else s.main_silent end,
                open_sessions = case when %1$s then excluded.open_sessions else s.open_sessions end
            """.formatted("excluded.heard_at >= s.heard_at");

    private PresenceStore() {}

    /** @param latestUs no time is taken to be later: a station's fast clock must not keep a silent unit looking alive */
    static void events(Connection tx, List<Newest> round, long latestUs) throws SQLException {
        try (PreparedStatement upsert = tx.prepareStatement(EVENTS)) {
            Columns columns = new Columns(tx, upsert);
            columns.add("text", round, newest -> newest.event().getSerial());
            columns.add("int8", round, newest -> Math.min(newest.heardAtUs(), latestUs));
            columns.add("int4", round, newest -> newest.event().getLogId());
            columns.add("int8", round, Newest::sequence);
            columns.add("text", round, newest -> newest.event().getSoftwareVersion());
            columns.add("int4", round, Newest::battery);
            columns.add("int8", round, position(event -> Integer.toUnsignedLong(event.getSequence())));
            columns.add("int4", round, position(Event::getLatitudeE7));
            columns.add("int4", round, position(Event::getLongitudeE7));
            columns.add("int8", round, position(event -> Integer.toUnsignedLong(event.getUnitTimeS())));
            upsert.executeUpdate();
        }
    }

    static void sessions(Connection tx, SessionBatch batch, long latestUs) throws SQLException {
        sessions(tx, TOUCHED, batch.touched(), latestUs, false);
        sessions(tx, OPENED, batch.opened(), latestUs, true);
        stations(tx, batch.stations());
    }

    private static void sessions(
            Connection tx, String sql, Collection<SessionBatch.Session> sessions, long latestUs, boolean whole)
            throws SQLException {
        if (sessions.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = tx.prepareStatement(sql)) {
            Columns columns = new Columns(tx, statement);
            columns.add("text", sessions, SessionBatch.Session::serial);
            columns.add("text", sessions, SessionBatch.Session::id);
            columns.add("int8", sessions, session -> Math.min(session.heardAtUs(), latestUs));
            columns.add("bool", sessions, SessionBatch.Session::closed);
            if (whole) {
                columns.add("text", sessions, SessionBatch.Session::station);
                columns.add("text", sessions, SessionBatch.Session::softwareVersion);
                columns.add("int8", sessions, SessionBatch.Session::openedAtUs);
                columns.add("int8", sessions, SessionBatch.Session::openedOffset);
            }
            statement.executeUpdate();
        }
    }

    private static void stations(Connection tx, Collection<SessionBatch.Station> stations) throws SQLException {
        if (stations.isEmpty()) {
            return;
        }
        try (PreparedStatement upsert = tx.prepareStatement(STATIONS)) {
            Columns columns = new Columns(tx, upsert);
            columns.add("text", stations, SessionBatch.Station::name);
            columns.add("int8", stations, SessionBatch.Station::startedAtUs);
            columns.add("int8", stations, SessionBatch.Station::heardAtUs);
            columns.add("bool", stations, SessionBatch.Station::draining);
            columns.add("bool", stations, SessionBatch.Station::mainSilent);
            columns.add("int4", stations, SessionBatch.Station::openSessions);
            upsert.executeUpdate();
        }
    }

    private static Function<Newest, @Nullable Object> position(Function<Event, Object> field) {
        return newest -> newest.positioned() == null ? null : field.apply(newest.positioned());
    }

    /** Sets a statement's parameters one after the other, each an array with a value for every row. */
    private static final class Columns {
        private final Connection connection;
        private final PreparedStatement statement;
        private int set;

        Columns(Connection connection, PreparedStatement statement) {
            this.connection = connection;
            this.statement = statement;
        }

        <T> void add(String type, Collection<T> rows, Function<? super T, @Nullable Object> field) throws SQLException {
            List<@Nullable Object> values = new ArrayList<>(rows.size());
            rows.forEach(row -> values.add(field.apply(row)));
            statement.setArray(++set, connection.createArrayOf(type, values.toArray()));
        }
    }
}
