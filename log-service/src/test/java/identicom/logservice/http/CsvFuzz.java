package identicom.logservice.http;

import static identicom.fuzzing.Invariants.holds;
import static identicom.fuzzing.Invariants.same;

import identicom.fuzzing.FuzzTarget;
import identicom.logservice.events.StoredEvent;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/**
 * Any text in an exported line: it comes back as it was, but for an apostrophe before what a spreadsheet would calculate, and no cell
 * but a number begins like a formula. Input: the text, as UTF-8.
 */
final class CsvFuzz implements FuzzTarget {
    private static final Instant TIME = Instant.parse("2026-05-01T08:30:00Z");
    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

    @Override
    public void run(byte[] input) throws Exception {
        String text = new String(input, StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (CsvWriter writer = new CsvWriter(out)) {
            writer.write(EventItem.of(event(text)));
            writer.write(EventItem.of(event("next")));
        }
        List<CSVRecord> rows = FORMAT.parse(new StringReader(out.toString(StandardCharsets.UTF_8)))
                .getRecords();
        same(2, rows.size(), "lines");
        same("next", rows.getLast().get("station"), "the next line");
        for (String column : List.of("name", "station", "softwareVersion")) {
            String cell = rows.getFirst().get(column);
            boolean formula = !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0;
            same(formula ? "'" + text : text, cell, column);
        }
        for (String cell : rows.getFirst()) {
            boolean calculated = !cell.isEmpty() && "=+-@\t\r\n".indexOf(cell.charAt(0)) >= 0;
            holds(!calculated || cell.matches("-[0-9.]+"), "a cell that is calculated: " + cell);
        }
    }

    private static StoredEvent event(String text) {
        return new StoredEvent(
                1,
                "MAN-1",
                7,
                1,
                0x3b,
                text,
                "critical",
                TIME,
                true,
                TIME,
                false,
                -339_000_000,
                -5,
                80,
                -71,
                "whitelisted",
                text,
                text);
    }

    @Override
    public long mostAllocated(int length) {
        return 131_072 + 500L * length;
    }
}
