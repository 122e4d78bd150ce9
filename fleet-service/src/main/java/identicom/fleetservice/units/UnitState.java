package identicom.fleetservice.units;

import java.util.Locale;

/** Whether stations serve a unit. */
public enum UnitState {
    COMMISSIONED,
    DECOMMISSIONED;

    /** As it stands in JSON, CSV and the database, such as {@code commissioned}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
