package identicom.mediaservice.index;

import identicom.mediaservice.store.ContentHash;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;

/** What the index says stands in the store. Any thread. */
public final class Holdings {
    private static final int LENGTH = 32;
    private static final String SHELF =
            "select distinct sha256, size from media.picture where sha256 is not null and sha256 between ? and ?";

    private final DataSource database;

    public Holdings(DataSource database) {
        this.database = database;
    }

    /** Every content on one shelf with its size. */
    public Map<ContentHash, Long> shelf(int shelf) throws SQLException {
        Map<ContentHash, Long> found = new HashMap<>();
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(SHELF)) {
            query.setBytes(1, bound(shelf, 0));
            query.setBytes(2, bound(shelf, 0xff));
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    found.put(ContentHash.ofBytes(rows.getBytes(1)), rows.getLong(2));
                }
            }
        }
        return found;
    }

    private static byte[] bound(int shelf, int rest) {
        byte[] bound = new byte[LENGTH];
        Arrays.fill(bound, (byte) rest);
        bound[0] = (byte) shelf;
        return bound;
    }
}
