package identicom.alertservice.supervision.store;

import identicom.alertservice.supervision.rule.Beat;
import identicom.alertservice.supervision.rule.Heard;
import identicom.alertservice.supervision.rule.Process;
import identicom.alertservice.supervision.rule.Shut;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What stations' heartbeats said: the newest of each partition, and the processes that they tell of. */
public final class Stations {

    /** A heartbeat and where it stood. */
    public record Told(Beat beat, int partition, long offset) {}

    private record Key(String station, long startedUs) {}

    /** A record that was read before changes nothing; one of a topic that was made anew is known by its times. */
    private static final String HEARD = """
            insert into alerts.heard as h (station, partition, record_offset, at_us, started_us, uptime_us, draining,
                                           open_sessions, since_us, seen_us)
            select n.*, ?, ?
              from unnest(?::text[], ?::int[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::boolean[], ?::int[])
                   as n
             order by 1, 2
            on conflict (station, partition) do update
               set record_offset = excluded.record_offset, at_us = excluded.at_us, started_us = excluded.started_us,
                   uptime_us = excluded.uptime_us, draining = excluded.draining,
                   open_sessions = excluded.open_sessions, seen_us = excluded.seen_us
             where excluded.record_offset > h.record_offset
                or (excluded.started_us, excluded.at_us) > (h.started_us, h.at_us)""";

    /** No interval and grace are longer than two days. */
    static final long LONG_AGO_US = 4 * 86_400_000_000L;

    /** For how long nobody at all must have been heard in a partition, so that nobody was silent there by himself. */
    private static final long NOBODY_US = 10_000_000;

    private Stations() {}

    /** Takes heartbeats in the order of their partitions. @param nowUs the database's clock */
    public static void tell(Connection tx, List<Told> beats, long nowUs) throws SQLException {
        if (beats.isEmpty()) {
            return;
        }
        allWereSilent(tx, beats, nowUs);
        Map<String, Told> newest = new HashMap<>();
        beats.forEach(told -> newest.put(told.partition() + told.beat().station(), told));
        try (PreparedStatement upsert = tx.prepareStatement(HEARD)) {
            Collection<Told> rows = newest.values();
            upsert.setLong(1, nowUs);
            upsert.setLong(2, nowUs);
            new Columns(tx, upsert, 2)
                    .add("text", rows, told -> told.beat().station())
                    .add("int4", rows, Told::partition)
                    .add("int8", rows, Told::offset)
                    .add("int8", rows, told -> told.beat().atUs())
                    .add("int8", rows, told -> told.beat().startedUs())
                    .add("int8", rows, told -> told.beat().uptimeUs())
                    .add("bool", rows, told -> told.beat().draining())
                    .add("int4", rows, told -> told.beat().openSessions());
            upsert.executeUpdate();
        }
        follow(tx, beats, nowUs);
    }

    /**
     * Where nobody was heard it was the topic that was away, and no station can be told from the others by its silence:
     * it begins with the first heartbeat that comes.
     */
    private static void allWereSilent(Connection tx, List<Told> beats, long nowUs) throws SQLException {
        String sql = """
                update alerts.heard set seen_us = ?
                 where partition in (select partition from alerts.heard where partition = any(?)
                                      group by partition having max(seen_us) < ?)""";
        try (PreparedStatement update = tx.prepareStatement(sql)) {
            update.setLong(1, nowUs);
            update.setArray(
                    2,
                    tx.createArrayOf(
                            "int4",
                            beats.stream().map(Told::partition).distinct().toArray()));
            update.setLong(3, nowUs - NOBODY_US);
            update.executeUpdate();
        }
    }

    /** Stretches in which a station was shut; one that goes on grows. */
    public static void shut(Connection tx, Collection<Shut> shut) throws SQLException {
        if (shut.isEmpty()) {
            return;
        }
        String sql = """
                insert into alerts.shut as s (station, from_us, to_us)
                select station, from_us, max(to_us)
                  from unnest(?::text[], ?::bigint[], ?::bigint[]) as n (station, from_us, to_us)
                 group by 1, 2 order by 1, 2
                on conflict (station, from_us) do update set to_us = excluded.to_us where s.to_us < excluded.to_us""";
        try (PreparedStatement upsert = tx.prepareStatement(sql)) {
            new Columns(tx, upsert, 0)
                    .add("text", shut, Shut::station)
                    .add("int8", shut, Shut::fromUs)
                    .add("int8", shut, Shut::toUs);
            upsert.executeUpdate();
        }
    }

    public static List<Shut> shut(Connection tx) throws SQLException {
        List<Shut> all = new ArrayList<>();
        try (PreparedStatement query = tx.prepareStatement("select * from alerts.shut");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                all.add(new Shut(row.getString("station"), row.getLong("from_us"), row.getLong("to_us")));
            }
        }
        return all;
    }

    /** The station's clock was put back to this: what it covered later is still to come. */
    public static void coveredUpTo(Connection tx, String station, long us) throws SQLException {
        String sql = """
                update alerts.station_process
                   set from_us = least(from_us, ?), covered_us = least(covered_us, ?)
                 where station = ? and covered_us > ?""";
        try (PreparedStatement update = tx.prepareStatement(sql);
                PreparedStatement shut =
                        tx.prepareStatement("delete from alerts.shut where station = ? and to_us > ?")) {
            update.setLong(1, us);
            update.setLong(2, us);
            update.setString(3, station);
            update.setLong(4, us);
            update.executeUpdate();
            shut.setString(1, station);
            shut.setLong(2, us);
            shut.executeUpdate();
        }
    }

    private static void follow(Connection tx, List<Told> beats, long nowUs) throws SQLException {
        Map<Key, List<Beat>> processes = beats.stream()
                .map(Told::beat)
                .collect(Collectors.groupingBy(
                        beat -> new Key(beat.station(), beat.startedUs()),
                        () -> new TreeMap<>(Comparator.comparing(Key::station).thenComparing(Key::startedUs)),
                        Collectors.toList()));
        List<Process> followed = new ArrayList<>();
        for (Map.Entry<Key, List<Beat>> process : processes.entrySet()) {
            Process.Followed after = Process.follow(lock(tx, process.getKey()), process.getValue());
            followed.add(after.process());
            Jumps.found(tx, after.jumps(), nowUs);
        }
        write(tx, followed);
    }

    private static @Nullable Process lock(Connection tx, Key key) throws SQLException {
        String sql = "select * from alerts.station_process where station = ? and started_us = ? for update";
        try (PreparedStatement query = tx.prepareStatement(sql)) {
            query.setString(1, key.station());
            query.setLong(2, key.startedUs());
            return processes(query).stream().findFirst().orElse(null);
        }
    }

    private static void write(Connection tx, List<Process> processes) throws SQLException {
        String sql = """
                insert into alerts.station_process as p (station, started_us, at_us, uptime_us, from_us, covered_us)
                select * from unnest(?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[])
                on conflict (station, started_us) do update
                   set at_us = excluded.at_us, uptime_us = excluded.uptime_us,
                       covered_us = greatest(p.covered_us, excluded.covered_us)
                 where (p.at_us, p.uptime_us, p.covered_us)
                       is distinct from (excluded.at_us, excluded.uptime_us, excluded.covered_us)""";
        try (PreparedStatement upsert = tx.prepareStatement(sql)) {
            new Columns(tx, upsert, 0)
                    .add("text", processes, Process::station)
                    .add("int8", processes, Process::startedUs)
                    .add("int8", processes, Process::atUs)
                    .add("int8", processes, Process::uptimeUs)
                    .add("int8", processes, Process::fromUs)
                    .add("int8", processes, Process::coveredUs);
            upsert.executeUpdate();
        }
    }

    public static List<Process> processes(Connection tx) throws SQLException {
        try (PreparedStatement query = tx.prepareStatement("select * from alerts.station_process")) {
            return processes(query);
        }
    }

    private static List<Process> processes(PreparedStatement query) throws SQLException {
        List<Process> processes = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                processes.add(new Process(
                        row.getString("station"),
                        row.getLong("started_us"),
                        row.getLong("at_us"),
                        row.getLong("uptime_us"),
                        row.getLong("from_us"),
                        row.getLong("covered_us")));
            }
        }
        return processes;
    }

    public static List<Heard> heard(Connection tx) throws SQLException {
        List<Heard> all = new ArrayList<>();
        try (PreparedStatement query = tx.prepareStatement("select * from alerts.heard");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                Beat beat = new Beat(
                        row.getString("station"),
                        row.getLong("started_us"),
                        row.getLong("at_us"),
                        row.getLong("uptime_us"),
                        row.getBoolean("draining"),
                        row.getInt("open_sessions"));
                all.add(new Heard(beat, row.getInt("partition"), row.getLong("since_us"), row.getLong("seen_us")));
            }
        }
        return all;
    }

    /** Silence is measured from now on: the database's clock moved, or nobody measured for a while. */
    public static void seenNow(Connection tx, long nowUs) throws SQLException {
        try (PreparedStatement update = tx.prepareStatement("update alerts.heard set seen_us = ?, since_us = ?")) {
            update.setLong(1, nowUs);
            update.setLong(2, nowUs);
            update.executeUpdate();
        }
    }

    /**
     * Stations that were silent for a day, and processes that a gap can no longer follow, are forgotten; but not those that
     * took calls while another station was shut.
     */
    public static void forget(Connection tx, long nowUs, long watermarkUs) throws SQLException {
        long day = 86_400_000_000L;
        try (PreparedStatement heard = tx.prepareStatement("""
                        delete from alerts.heard where station in
                          (select station from alerts.heard group by station having max(seen_us) < ?)""");
                PreparedStatement process = tx.prepareStatement("""
                        delete from alerts.station_process p
                         where covered_us < ? and covered_us < (select max(covered_us) from alerts.station_process
                                                                 where started_us <= ?)
                           and not exists (select from alerts.shut s
                                            where s.from_us < p.covered_us and s.to_us > p.from_us)""");
                PreparedStatement shut = tx.prepareStatement("delete from alerts.shut where to_us < ?")) {
            shut.setLong(1, watermarkUs - LONG_AGO_US);
            shut.executeUpdate();
            heard.setLong(1, nowUs - day);
            heard.executeUpdate();
            process.setLong(1, watermarkUs - 600_000_000L);
            process.setLong(2, watermarkUs);
            process.executeUpdate();
        }
    }
}
