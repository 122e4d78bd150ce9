package identicom.fleetservice.units;

import identicom.fleetservice.storage.Outbox;
import identicom.schema.Topic;
import identicom.schema.v1.UnitRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Writes {@code fleet.units}. Each unit that becomes another one gets the next version and, in the same transaction, a record
 * for {@code identicom.units}; one that stays as it is gets neither. A row is locked before its record is put into the outbox,
 * so that a unit's records stand there in the order of their versions.
 */
public final class StoredUnits {
    /** Most units in one call of {@link #put}. */
    public static final int MAX_AT_ONCE = 5_000;

    private static final String UPSERT = """
            insert into fleet.units as u (serial, wearer, phone, site, check_in_minutes, grace_minutes, state,
                                          version, changed_at, changed_by)
            select serial, wearer, phone, site, check_in_minutes, grace_minutes, state, 1, ?, ?
            from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::int[], ?::int[], ?::text[])
                 as n (serial, wearer, phone, site, check_in_minutes, grace_minutes, state)
            order by serial collate "C"
            on conflict (serial) do update
            set wearer = excluded.wearer, phone = excluded.phone, site = excluded.site,
                check_in_minutes = excluded.check_in_minutes, grace_minutes = excluded.grace_minutes,
                state = excluded.state, version = u.version + 1,
                changed_at = excluded.changed_at, changed_by = excluded.changed_by
            where (u.wearer, u.phone, u.site, u.check_in_minutes, u.grace_minutes, u.state)
                  is distinct from (excluded.wearer, excluded.phone, excluded.site, excluded.check_in_minutes,
                                    excluded.grace_minutes, excluded.state)
            returning serial, version""";

    /** How many units came to be and how many became another one; the others were so already. */
    public record Changed(int created, int updated) {
        public Changed plus(Changed other) {
            return new Changed(created + other.created, updated + other.updated);
        }
    }

    private StoredUnits() {}

    /**
     * Makes each unit be as given. Rows are locked in the order of the serials, so that no two calls wait for each other.
     *
     * @param units each serial once, at most {@link #MAX_AT_ONCE}, and in ascending order over several calls in a transaction
     */
    public static Changed put(Connection tx, List<Unit> units, Instant now, String changedBy) throws SQLException {
        Map<String, Unit> bySerial = new HashMap<>();
        units.forEach(unit -> bySerial.put(unit.serial(), unit));
        List<Outbox.Entry> records = new ArrayList<>();
        int created = 0;
        try (PreparedStatement upsert = tx.prepareStatement(UPSERT)) {
            upsert.setTimestamp(1, Timestamp.from(now));
            upsert.setString(2, changedBy);
            upsert.setArray(3, tx.createArrayOf("text", column(units, Unit::serial)));
            upsert.setArray(4, tx.createArrayOf("text", column(units, Unit::wearer)));
            upsert.setArray(5, tx.createArrayOf("text", column(units, Unit::phone)));
            upsert.setArray(6, tx.createArrayOf("text", column(units, Unit::site)));
            upsert.setArray(7, tx.createArrayOf("int4", column(units, Unit::checkInMinutes)));
            upsert.setArray(8, tx.createArrayOf("int4", column(units, Unit::graceMinutes)));
            upsert.setArray(
                    9,
                    tx.createArrayOf("text", column(units, unit -> unit.state().text())));
            try (ResultSet rows = upsert.executeQuery()) {
                while (rows.next()) {
                    Unit unit = Objects.requireNonNull(bySerial.get(rows.getString(1)));
                    long version = rows.getLong(2);
                    created += version == 1 ? 1 : 0;
                    records.add(new Outbox.Entry(
                            unit.serial(), record(unit, version, now).toByteArray()));
                }
            }
        }
        Outbox.add(tx, Topic.UNITS, records);
        return new Changed(created, records.size() - created);
    }

    static UnitRecord record(Unit unit, long version, Instant changedAt) {
        return UnitRecord.newBuilder()
                .setSerial(unit.serial())
                .setWearer(unit.wearer())
                .setPhone(unit.phone())
                .setSite(unit.site())
                .setCheckInMinutes(unit.checkInMinutes())
                .setGraceMinutes(unit.graceMinutes())
                .setState(
                        switch (unit.state()) {
                            case COMMISSIONED -> identicom.schema.v1.UnitState.COMMISSIONED;
                            case DECOMMISSIONED -> identicom.schema.v1.UnitState.DECOMMISSIONED;
                        })
                .setVersion(version)
                .setChangedAtUs(ChronoUnit.MICROS.between(Instant.EPOCH, changedAt))
                .build();
    }

    /** A row of {@code fleet.units}. */
    static Unit unit(ResultSet row) throws SQLException {
        return new Unit(
                row.getString("serial"),
                row.getString("wearer"),
                row.getString("phone"),
                row.getString("site"),
                row.getInt("check_in_minutes"),
                row.getInt("grace_minutes"),
                UnitState.valueOf(row.getString("state").toUpperCase(Locale.ROOT)));
    }

    private static Object[] column(List<Unit> units, Function<Unit, Object> field) {
        return units.stream().map(field).toArray();
    }
}
