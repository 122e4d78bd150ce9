package identicom.alertservice.supervision.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sets a statement's parameters one after the other, each an array with a value for every row. */
final class Columns {

    private final Connection connection;
    private final PreparedStatement statement;
    private int set;

    /** @param set how many parameters were set before */
    Columns(Connection connection, PreparedStatement statement, int set) {
        this.connection = connection;
        this.statement = statement;
        this.set = set;
    }

    <T> Columns add(String type, Collection<T> rows, Function<? super T, @Nullable Object> field) throws SQLException {
        List<@Nullable Object> values = new ArrayList<>(rows.size());
        rows.forEach(row -> values.add(field.apply(row)));
        statement.setArray(++set, connection.createArrayOf(type, values.toArray()));
        return this;
    }

    static @Nullable Long longOrNull(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }
}
