package identicom.logservice.events;

import identicom.runtime.process.Metrics;
import javax.sql.DataSource;

/** Intakes for tests of other packages. */
public final class Intakes {
    private Intakes() {}

    public static EventIntake on(DataSource database) {
        return new EventIntake(new EventStore(database, new Metrics()));
    }
}
