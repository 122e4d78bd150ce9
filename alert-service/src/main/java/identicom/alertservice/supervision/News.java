package identicom.alertservice.supervision;

import identicom.alertservice.supervision.rule.Unit;
import identicom.alertservice.supervision.store.Roster;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** What a batch says of units, each unit's in its order. Only what vouches for a unit makes a row for one unknown. */
final class News {

    private record Item(boolean vouches, UnaryOperator<Unit> change) {}

    private final Map<String, List<Item>> items = new LinkedHashMap<>();

    /** @param vouches the unit is on the whitelist */
    void add(String serial, boolean vouches, UnaryOperator<Unit> change) {
        items.computeIfAbsent(serial, unit -> new ArrayList<>()).add(new Item(vouches, change));
    }

    /**
     * Writes what it changes; to be done again as a whole where two such changes make the same row.
     *
     * @return units that were told of singly as missing and were heard again, and when. Of those whom a mass loss names its
     *     alert says from time to time how many were
     */
    Map<String, Instant> apply(Connection tx) throws SQLException {
        if (items.isEmpty()) {
            return Map.of();
        }
        Map<String, Unit> known = Roster.lock(tx, items.keySet());
        List<Unit> changed = new ArrayList<>();
        List<Unit> fresh = new ArrayList<>();
        Map<String, Instant> again = new TreeMap<>();
        for (Map.Entry<String, List<Item>> one : items.entrySet()) {
            Unit before = known.get(one.getKey());
            Unit after = before;
            for (Item item : one.getValue()) {
                if (after != null || item.vouches()) {
                    after = item.change().apply(after == null ? Unit.unknown(one.getKey()) : after);
                }
            }
            if (after == null || after.equals(before)) {
                continue;
            }
            (before == null ? fresh : changed).add(after);
            Long heard = after.watch().heardUs();
            if (before != null
                    && before.overdue()
                    && before.watch().alone()
                    && !after.overdue()
                    && heard != null
                    && !heard.equals(before.watch().heardUs())) {
                again.put(after.serial(), Instant.EPOCH.plus(heard, ChronoUnit.MICROS));
            }
        }
        Roster.write(tx, changed);
        Roster.add(tx, fresh);
        return again;
    }
}
