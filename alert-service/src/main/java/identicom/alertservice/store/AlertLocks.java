package identicom.alertservice.store;

import identicom.alertservice.event.Trust;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * Locks that are held to the end of a transaction by whoever may raise an alert, so that it finds what another raised.
 * A transaction takes them once and first of all. Each serial, and each subject, has one of {@value #PLACES}.
 *
 * <p>Order of all locks: doubtful serials, serials, subjects, alerts by id, commit order. A person's action that raises
 * nothing takes the last two.
 */
final class AlertLocks {

    private static final int PLACES = 512;
    private static final int DOUBT_CLASS = 0x1DE28;
    private static final int SERIAL_CLASS = 0x1DE27;
    private static final int SUBJECT_CLASS = 0x1DE29;

    private final List<Integer> classes = new ArrayList<>();
    private final List<Integer> places = new ArrayList<>();

    private AlertLocks() {}

    /**
     * @param doubts in the order of the enum
     * @param subjects what each alert that is of no unit is about
     */
    static void take(Connection tx, Collection<Trust> doubts, Collection<String> serials, Collection<String> subjects)
            throws SQLException {
        AlertLocks locks = new AlertLocks();
        new TreeSet<>(doubts).forEach(doubt -> locks.add(DOUBT_CLASS, doubt.ordinal()));
        places(serials).forEach(place -> locks.add(SERIAL_CLASS, place));
        places(subjects).forEach(place -> locks.add(SUBJECT_CLASS, place));
        locks.takeAll(tx);
    }

    static void take(Connection tx, Collection<String> serials) throws SQLException {
        take(tx, List.of(), serials, List.of());
    }

    private static TreeSet<Integer> places(Collection<String> names) {
        TreeSet<Integer> places = new TreeSet<>();
        names.forEach(name -> places.add(Math.floorMod(name.hashCode(), PLACES)));
        return places;
    }

    private void add(int lockClass, int place) {
        classes.add(lockClass);
        places.add(place);
    }

    private void takeAll(Connection tx) throws SQLException {
        String sql = """
                select pg_advisory_xact_lock(class, place) from unnest(?, ?) with ordinality as l (class, place, nth)
                 order by nth""";
        try (PreparedStatement lock = tx.prepareStatement(sql)) {
            lock.setArray(1, tx.createArrayOf("integer", classes.toArray()));
            lock.setArray(2, tx.createArrayOf("integer", places.toArray()));
            lock.execute();
        }
    }
}
