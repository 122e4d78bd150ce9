package identicom.fleetservice.units;

import identicom.fleetservice.audit.Actor;
import identicom.fleetservice.audit.AuditTrail;
import identicom.fleetservice.storage.Transactions;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A unit that belongs to the system itself, such as the canary. */
public final class OwnUnit {
    private static final int CHECK_IN_MINUTES = 30;
    private static final int GRACE_MINUTES = 5;

    private OwnUnit() {}

    /** One that is commissioned already stays as a person has set it. */
    public static void commission(Transactions transactions, Instant now, String serial, String wearer)
            throws SQLException {
        transactions.write(tx -> {
            boolean there = UnitQueries.one(tx, serial, now)
                    .filter(unit -> unit.state().equals(UnitState.COMMISSIONED.text()))
                    .isPresent();
            if (!there) {
                Unit unit = new Unit(serial, wearer, "", "", CHECK_IN_MINUTES, GRACE_MINUTES, UnitState.COMMISSIONED);
                StoredUnits.put(tx, List.of(unit), now, Actor.SYSTEM.user());
                AuditTrail.add(tx, now, Actor.SYSTEM, "unit.put", serial, Map.of("wearer", wearer));
            }
            return there;
        });
    }
}
