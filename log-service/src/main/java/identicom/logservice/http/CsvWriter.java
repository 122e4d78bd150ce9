package identicom.logservice.http;

import identicom.logservice.http.EventItem.Position;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * Events as CSV (RFC 4180, UTF-8, a header line). Texts that a spreadsheet would take for a formula are written with an apostrophe
 * before them; numbers are written as they are.
 */
final class CsvWriter implements EventWriter {
    static final String MEDIA_TYPE = "text/csv";

    private static final String[] HEADER = {
        "serial",
        "log",
        "sequence",
        "type",
        "name",
        "class",
        "time",
        "receivedAt",
        "late",
        "lat",
        "lon",
        "battery",
        "signal",
        "trust",
        "station",
        "softwareVersion",
        "clockSet"
    };

    private static final String FORMULA_STARTS = "=+-@\t\r\n";

    private final CSVPrinter printer;

    CsvWriter(OutputStream out) throws IOException {
        CSVFormat format = CSVFormat.RFC4180.builder().setHeader(HEADER).get();
        printer = new CSVPrinter(new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8)), format);
    }

    @Override
    public void write(EventItem item) throws IOException {
        Position position = item.position();
        printer.printRecord(
                safe(item.serial()),
                item.log(),
                item.sequence(),
                item.type(),
                safe(item.name()),
                item.eventClass(),
                item.time(),
                item.receivedAt(),
                item.late(),
                position == null ? null : position.lat().toPlainString(),
                position == null ? null : position.lon().toPlainString(),
                item.battery(),
                item.signal(),
                item.trust(),
                safe(item.station()),
                safe(item.softwareVersion()),
                item.clockSet());
    }

    /** The text as no spreadsheet takes it for a formula. */
    static @Nullable String safe(@Nullable String text) {
        if (text == null || text.isEmpty() || FORMULA_STARTS.indexOf(text.charAt(0)) < 0) {
            return text;
        }
        return "'" + text;
    }

    @Override
    public void flush() throws IOException {
        printer.flush();
    }

    @Override
    public void close() throws IOException {
        printer.close(true);
    }
}
