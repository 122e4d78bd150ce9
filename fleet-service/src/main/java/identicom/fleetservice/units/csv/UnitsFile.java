package identicom.fleetservice.units.csv;

import identicom.fleetservice.units.InvalidField;
import identicom.fleetservice.units.Unit;
import identicom.fleetservice.units.UnitRules;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * A whitelist file as it was read: the units of its good lines, and what was wrong with each bad one. Every line is parsed by
 * itself, since no value of a unit can hold a line's end: a quote that is never closed costs one line and not the rest of the
 * file. Of a serial that stands on several good lines the first is taken and the others are named as bad.
 */
record UnitsFile(List<Unit> units, List<Rejected> rejected) {
    private static final CSVFormat FORMAT = CSVFormat.RFC4180;

    /** A line that was not taken; the header is line 1. */
    record Rejected(int line, String reason) {}

    /** The file holds more lines than are taken at once. */
    static final class TooManyLines extends Exception {
        TooManyLines() {
            super(null, null, false, false);
        }
    }

    /** @throws InvalidField when the header makes no sense */
    static UnitsFile read(InputStream in, int maxLines) throws IOException, InvalidField, TooManyLines {
        Lines lines = new Lines(in);
        Header header = header(lines.next());
        List<Unit> units = new ArrayList<>();
        List<Rejected> rejected = new ArrayList<>();
        Map<String, Integer> lineOf = new HashMap<>();
        for (Lines.Line line = lines.next(); line != null; line = lines.next()) {
            if (line.number() > maxLines) {
                throw new TooManyLines();
            }
            if (line.fault() == null && line.text().isBlank()) {
                continue;
            }
            try {
                Unit unit = unit(header, values(line));
                Integer earlier = lineOf.putIfAbsent(unit.serial(), line.number());
                if (earlier != null) {
                    throw new InvalidField(
                            "serial", unit.serial() + " stands on line " + earlier + " already", "each once");
                }
                units.add(unit);
            } catch (InvalidField e) {
                rejected.add(new Rejected(line.number(), e.getMessage()));
            }
        }
        return new UnitsFile(units, rejected);
    }

    private static Header header(Lines.@Nullable Line line) throws InvalidField {
        if (line == null) {
            throw new InvalidField("header", "", "a first line with columns of " + Column.NAMES);
        }
        return new Header(values(line));
    }

    private static List<String> values(Lines.Line line) throws InvalidField {
        if (line.fault() != null) {
            throw new InvalidField("line", line.fault(), "UTF-8, at most " + Lines.MAX_BYTES + " bytes");
        }
        try (CSVParser parser = CSVParser.parse(line.text(), FORMAT)) {
            List<CSVRecord> records = parser.getRecords();
            return records.isEmpty() ? List.of() : records.getFirst().toList();
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            throw new InvalidField(
                    "line", "a quote out of place", "quotes around a whole value and closed on its line");
        }
    }

    private static Unit unit(Header header, List<String> values) throws InvalidField {
        if (values.size() != header.width()) {
            throw new InvalidField("line", values.size() + " values", header.width() + " as in the header");
        }
        return new Unit(
                UnitRules.serial(header.value(values, Column.SERIAL)),
                UnitRules.text("wearer", header.value(values, Column.WEARER)),
                UnitRules.phone(header.value(values, Column.PHONE)),
                UnitRules.text("site", header.value(values, Column.SITE)),
                UnitRules.checkInMinutes(number(header, values, Column.CHECK_IN_MINUTES)),
                UnitRules.graceMinutes(number(header, values, Column.GRACE_MINUTES)),
                UnitRules.state(header.value(values, Column.STATE)));
    }

    private static @Nullable Integer number(Header header, List<String> values, Column column) throws InvalidField {
        String text = header.value(values, column);
        try {
            return text == null ? null : Integer.valueOf(text);
        } catch (NumberFormatException e) {
            throw new InvalidField(column.header(), text, "a whole number of minutes");
        }
    }
}
