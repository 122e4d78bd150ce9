package identicom.fleetservice.units.csv;

import static identicom.fuzzing.Invariants.holds;
import static identicom.fuzzing.Invariants.printable;
import static identicom.fuzzing.Invariants.same;

import identicom.fleetservice.units.InvalidField;
import identicom.fleetservice.units.Unit;
import identicom.fuzzing.FuzzTarget;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Any whitelist file: units within the rules, each serial once, and what was wrong with each other line; or a header that makes no
 * sense. The same comes of it however it arrives, and its units written as a file are these units. Input: the file.
 */
public final class UnitsFileFuzz implements FuzzTarget {
    private static final int MAX_LINES = 40;

    @Override
    public void run(byte[] input) throws Exception {
        try {
            UnitsFile file = UnitsFile.read(new ByteArrayInputStream(input), MAX_LINES);
            same(file, UnitsFile.read(byteByByte(input), MAX_LINES), "the file byte by byte");
            check(file);
            UnitsFile again = UnitsFile.read(
                    new ByteArrayInputStream(written(file.units()).getBytes(StandardCharsets.UTF_8)), MAX_LINES + 1);
            same(List.of(), again.rejected(), "lines refused of what was written");
            same(file.units(), again.units(), "read, written and read");
        } catch (InvalidField header) {
            printable(header.getMessage(), "what is wrong with the header");
        } catch (UnitsFile.TooManyLines tooMany) {
            int lines = new String(input, StandardCharsets.ISO_8859_1).split("\n", -1).length;
            holds(lines > MAX_LINES, "too many of " + lines + " lines");
        }
    }

    private static void check(UnitsFile file) {
        Set<String> serials = new HashSet<>();
        for (Unit unit : file.units()) {
            holds(unit.serial().matches("[A-Z0-9-]{1,12}"), "serial " + unit.serial());
            holds(serials.add(unit.serial()), unit.serial() + " twice");
            printable(unit.wearer(), "wearer");
            printable(unit.site(), "site");
            printable(unit.phone(), "phone");
        }
        int before = 1;
        for (UnitsFile.Rejected line : file.rejected()) {
            holds(line.line() > before, "lines out of order");
            printable(line.reason(), "reason");
            holds(line.reason().length() < 250, "a long reason");
            before = line.line();
        }
    }

    private static String written(List<Unit> units) throws IOException {
        StringWriter out = new StringWriter();
        CSVFormat format =
                CSVFormat.RFC4180.builder().setHeader(Column.NAMES.split(",")).get();
        try (CSVPrinter printer = new CSVPrinter(out, format)) {
            for (Unit unit : units) {
                printer.printRecord(
                        unit.serial(),
                        unit.wearer(),
                        unit.phone(),
                        unit.site(),
                        unit.checkInMinutes(),
                        unit.graceMinutes(),
                        unit.state().text());
            }
        }
        return out.toString();
    }

    private static InputStream byteByByte(byte[] input) {
        return new ByteArrayInputStream(input) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(1, length));
            }
        };
    }

    @Override
    public long mostAllocated(int length) {
        return 1_048_576 + 100_000L * length;
    }
}
