package identicom.fleetservice.units;

import identicom.fleetservice.storage.Outbox;
import identicom.fleetservice.storage.Transactions;
import identicom.runtime.kafka.Clusters;
import identicom.schema.Topic;
import identicom.schema.v1.UnitRecord;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Brings {@code fleet.units} and {@code identicom.units} to the same state when one of them was lost or is older than the other. Of
 * each unit the higher version wins, as it does with everybody who reads the topic: what the topic has newer goes into the table, then
 * what the topic's last record of a unit does not say goes into the outbox. Where both say the same nothing changes, so it can be done
 * again at any time, and beside a running service. In memory it has a serial and a number for each unit.
 */
public final class Republishing {
    private static final int BATCH = 5_000;
    private static final int TOLD_EVERY = 100_000;

    private static final String ADOPT = """
            insert into fleet.units as u (serial, wearer, phone, site, check_in_minutes, grace_minutes, state,
                                          version, changed_at, changed_by)
            select serial, wearer, phone, site, check_in_minutes, grace_minutes, state, version,
                   timestamptz 'epoch' + changed_us * interval '1 microsecond', 'republish'
            from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::int[], ?::int[], ?::text[], ?::bigint[],
                        ?::bigint[])
                 as n (serial, wearer, phone, site, check_in_minutes, grace_minutes, state, version, changed_us)
            order by serial collate "C"
            on conflict (serial) do update
            set wearer = excluded.wearer, phone = excluded.phone, site = excluded.site,
                check_in_minutes = excluded.check_in_minutes, grace_minutes = excluded.grace_minutes,
                state = excluded.state, version = excluded.version,
                changed_at = excluded.changed_at, changed_by = excluded.changed_by
            where excluded.version > u.version""";

    /** Locked until they stand in the outbox: what somebody makes newer of one stands behind it. */
    private static final String PAGE = """
            select serial, wearer, phone, site, check_in_minutes, grace_minutes, state, version, changed_at
            from fleet.units where serial > ? order by serial limit\s""" + BATCH + " for share";

    private final Transactions transactions;
    private final Consumer<String> progress;
    private final Set<String> waiting = new HashSet<>();
    private final Map<String, Long> lastTold = new HashMap<>();

    /**
     * What was done.
     *
     * @param units in the table now
     * @param adopted that the topic knew newer than the table, or alone
     * @param published that go to the topic
     */
    public record Done(long units, long adopted, long published) {}

    private record Page(String last, int units, int published) {}

    /** @param progress told how far it is, for a person */
    public Republishing(Transactions transactions, Consumer<String> progress) {
        this.transactions = transactions;
        this.progress = progress;
    }

    /** Does it. What is to be published stands in the outbox then. */
    public Done run(Clusters clusters) throws SQLException {
        waiting.addAll(transactions.read(Republishing::waiting));
        long[] adopted = {0};
        UnitsTopic.readAll(clusters, records -> {
            records.forEach(record -> lastTold.put(record.getSerial(), record.getVersion()));
            adopted[0] += adopt(records);
        });
        progress.accept("units on the topic: " + lastTold.size() + ", of which the table did not know " + adopted[0]
                + " or knew them older");
        long units = 0;
        long published = 0;
        Page page = transactions.write(tx -> publish(tx, ""));
        while (page.units() > 0) {
            if (units / TOLD_EVERY != (units + page.units()) / TOLD_EVERY) {
                progress.accept("units compared: " + (units + page.units()));
            }
            units += page.units();
            published += page.published();
            String after = page.last();
            page = transactions.write(tx -> publish(tx, after));
        }
        return new Done(units, adopted[0], published);
    }

    /** Serials of which a record waits in the outbox that may be older than what the topic has. */
    private static Set<String> waiting(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select key from fleet.outbox where topic = ?")) {
            select.setString(1, Topic.UNITS.topicName());
            Set<String> serials = new HashSet<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    serials.add(new String(rows.getBytes(1), StandardCharsets.UTF_8));
                }
            }
            return serials;
        }
    }

    private int adopt(List<UnitRecord> records) throws SQLException {
        Map<String, UnitRecord> newest = new HashMap<>();
        for (UnitRecord record : records) {
            if (record.getState() == identicom.schema.v1.UnitState.COMMISSIONED
                    || record.getState() == identicom.schema.v1.UnitState.DECOMMISSIONED) {
                newest.merge(record.getSerial(), record, Republishing::newer);
            }
        }
        return newest.isEmpty() ? 0 : transactions.write(tx -> adopt(tx, newest.values()));
    }

    private static UnitRecord newer(UnitRecord one, UnitRecord other) {
        return other.getVersion() > one.getVersion() ? other : one;
    }

    private static int adopt(Connection tx, Collection<UnitRecord> units) throws SQLException {
        try (PreparedStatement upsert = tx.prepareStatement(ADOPT)) {
            upsert.setArray(1, tx.createArrayOf("text", column(units, UnitRecord::getSerial)));
            upsert.setArray(2, tx.createArrayOf("text", column(units, UnitRecord::getWearer)));
            upsert.setArray(3, tx.createArrayOf("text", column(units, UnitRecord::getPhone)));
            upsert.setArray(4, tx.createArrayOf("text", column(units, UnitRecord::getSite)));
            upsert.setArray(5, tx.createArrayOf("int4", column(units, UnitRecord::getCheckInMinutes)));
            upsert.setArray(6, tx.createArrayOf("int4", column(units, UnitRecord::getGraceMinutes)));
            upsert.setArray(7, tx.createArrayOf("text", column(units, Republishing::state)));
            upsert.setArray(8, tx.createArrayOf("int8", column(units, UnitRecord::getVersion)));
            upsert.setArray(9, tx.createArrayOf("int8", column(units, UnitRecord::getChangedAtUs)));
            return upsert.executeUpdate();
        }
    }

    private static String state(UnitRecord unit) {
        return unit.getState().name().toLowerCase(Locale.ROOT);
    }

    private static Object[] column(Collection<UnitRecord> units, Function<UnitRecord, Object> field) {
        return units.stream().map(field).toArray();
    }

    private Page publish(Connection tx, String after) throws SQLException {
        List<Outbox.Entry> records = new ArrayList<>();
        String last = after;
        int units = 0;
        try (PreparedStatement select = tx.prepareStatement(PAGE)) {
            select.setString(1, after);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    units++;
                    last = row.getString("serial");
                    long version = row.getLong("version");
                    if (waiting.contains(last) || lastTold.getOrDefault(last, 0L) != version) {
                        byte[] record = StoredUnits.record(
                                        StoredUnits.unit(row),
                                        version,
                                        row.getTimestamp("changed_at").toInstant())
                                .toByteArray();
                        records.add(new Outbox.Entry(last, record));
                    }
                }
            }
        }
        Outbox.add(tx, Topic.UNITS, records);
        return new Page(last, units, records.size());
    }
}
