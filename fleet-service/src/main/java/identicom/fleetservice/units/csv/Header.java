package identicom.fleetservice.units.csv;

import identicom.fleetservice.units.InvalidField;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which column stands where in a file. */
final class Header {
    private final Map<Column, Integer> positions = new EnumMap<>(Column.class);
    private final int width;

    /** @throws InvalidField when a name is unknown, stands twice, or {@code serial} is missing */
    Header(List<String> names) throws InvalidField {
        this.width = names.size();
        for (int i = 0; i < width; i++) {
            String name = names.get(i).strip();
            Column column =
                    Column.of(name).orElseThrow(() -> new InvalidField("header", name, "columns of " + Column.NAMES));
            if (positions.putIfAbsent(column, i) != null) {
                throw new InvalidField("header", name + " twice", "each column once");
            }
        }
        if (!positions.containsKey(Column.SERIAL)) {
            throw new InvalidField("header", String.join(",", names), "a column serial");
        }
    }

    /** How many values a line has. */
    int width() {
        return width;
    }

    /** The line's value, stripped; null where the column is missing or empty, so that the default holds. */
    @Nullable String value(List<String> values, Column column) {
        Integer position = positions.get(column);
        if (position == null) {
            return null;
        }
        String value = values.get(position).strip();
        return value.isEmpty() ? null : value;
    }
}
