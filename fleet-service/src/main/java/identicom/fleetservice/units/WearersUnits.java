package identicom.fleetservice.units;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The units that name a wearer. */
public final class WearersUnits {
    private static final String PAGE = """
            select serial, wearer, phone, site, check_in_minutes, grace_minutes, state
            from fleet.units where wearer = ? and serial > ? order by serial limit\s""" + StoredUnits.MAX_AT_ONCE + " for update";

    private WearersUnits() {}

    /**
     * Puts another name in place of the wearer's, and no phone. Each unit gets its next version and its record, as when a person had
     * changed it.
     *
     * @return how many units
     */
    public static int rename(Connection tx, String wearer, String newName, Instant now, String changedBy)
            throws SQLException {
        int units = 0;
        List<Unit> page = page(tx, wearer, "");
        while (!page.isEmpty()) {
            StoredUnits.put(
                    tx, page.stream().map(unit -> renamed(unit, newName)).toList(), now, changedBy);
            units += page.size();
            page = page(tx, wearer, page.getLast().serial());
        }
        return units;
    }

    private static List<Unit> page(Connection tx, String wearer, String after) throws SQLException {
        try (PreparedStatement select = tx.prepareStatement(PAGE)) {
            select.setString(1, wearer);
            select.setString(2, after);
            List<Unit> units = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    units.add(StoredUnits.unit(row));
                }
            }
            return units;
        }
    }

    private static Unit renamed(Unit unit, String newName) {
        return new Unit(
                unit.serial(), newName, "", unit.site(), unit.checkInMinutes(), unit.graceMinutes(), unit.state());
    }
}
