package identicom.standalone.doctor;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * What a database server says of itself.
 *
 * @param version of the server, such as 170011 for 17.11
 * @param powers of the role that were not needed, such as {@code superuser}
 * @param ahead by how much its clock is ahead of this machine's; negative: behind. Never more than is certain, the way there and back
 *     left out
 * @param places connections that it takes from roles without privileges
 * @param taken connections that are open now, this one left out
 */
record DatabaseFacts(int version, List<String> powers, Duration ahead, int places, int taken) {
    private static final String ABOUT = """
            select current_setting('server_version_num')::int as version,
                   current_setting('max_connections')::int
                     - current_setting('superuser_reserved_connections')::int
                     - coalesce(current_setting('reserved_connections', true), '0')::int as places,
                   (select sum(numbackends) from pg_stat_database)::int - 1 as taken,
                   rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls
              from pg_roles where rolname = current_user""";

    static DatabaseFacts read(Connection connection, InstantSource clock) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            Duration ahead = ahead(statement, clock);
            try (ResultSet row = statement.executeQuery(ABOUT)) {
                row.next();
                return new DatabaseFacts(
                        row.getInt("version"),
                        powers(row),
                        ahead,
                        row.getInt("places"),
                        Math.max(0, row.getInt("taken")));
            }
        }
    }

    private static Duration ahead(Statement statement, InstantSource clock) throws SQLException {
        Instant before = clock.instant();
        try (ResultSet row = statement.executeQuery("select clock_timestamp()")) {
            Instant after = clock.instant();
            row.next();
            Instant there = row.getObject(1, OffsetDateTime.class).toInstant();
            if (there.isBefore(before)) {
                return Duration.between(before, there);
            }
            return there.isAfter(after) ? Duration.between(after, there) : Duration.ZERO;
        }
    }

    private static List<String> powers(ResultSet row) throws SQLException {
        List<String> powers = new ArrayList<>();
        for (String power : List.of("super", "createrole", "createdb", "replication", "bypassrls")) {
            if (row.getBoolean("rol" + power)) {
                powers.add(power.equals("super") ? "superuser" : power);
            }
        }
        return List.copyOf(powers);
    }
}
