package identicom.receiver.whitelist;

import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/** Looks a unit up in fleet-service's table, with a role that may only read it, or at a replica. */
public final class JdbcUnitLookup implements UnitLookup {
    private static final String QUERY = "select version, state from fleet.units where serial = ?";

    private final DataSource database;

    public JdbcUnitLookup(DataSource database) {
        this.database = database;
    }

    @Override
    public Optional<Known> find(String serial) throws SQLException {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement(QUERY)) {
            query.setString(1, serial);
            try (var row = query.executeQuery()) {
                return row.next()
                        ? Optional.of(new Known(row.getLong(1), "commissioned".equals(row.getString(2))))
                        : Optional.empty();
            }
        }
    }
}
