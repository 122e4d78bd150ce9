package identicom.receiver.whitelist;

import java.sql.SQLException;
import java.util.Optional;

/** The whitelist's master, asked for one serial. May block. */
@FunctionalInterface
public interface UnitLookup {
    /** The unit with this serial, or nothing where there is none. */
    Optional<Known> find(String serial) throws SQLException;
}
