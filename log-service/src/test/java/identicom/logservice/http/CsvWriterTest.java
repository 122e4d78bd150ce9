package identicom.logservice.http;

import static org.assertj.core.api.Assertions.assertThat;

import identicom.logservice.events.StoredEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvWriterTest {
    private static final Instant TIME = Instant.parse("2026-05-01T08:30:00Z");

    private static CSVRecord written(String serial, String name, String station, String version) throws IOException {
        StoredEvent event = new StoredEvent(
                1,
                serial,
                7,
                4_294_967_295L,
                0x3b,
                name,
                "critical",
                TIME,
                true,
                TIME.plusMillis(1500),
                false,
                -339_000_000,
                5,
                80,
                -71,
                "whitelisted",
                station,
                version);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (CsvWriter writer = new CsvWriter(out)) {
            writer.write(EventItem.of(event));
        }
        String text = out.toString(StandardCharsets.UTF_8);
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        return format.parse(new StringReader(text)).getRecords().getFirst();
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"})
    void aTextThatASpreadsheetWouldCalculateHasAnApostropheBeforeIt(String text) throws IOException {
        CSVRecord row = written(text, text, text, text);
        assertThat(row.get("serial")).isEqualTo("'" + text);
        assertThat(row.get("name")).isEqualTo("'" + text);
        assertThat(row.get("station")).isEqualTo("'" + text);
        assertThat(row.get("softwareVersion")).isEqualTo("'" + text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAN-1", "1=1", "a,b", "a\"b", "a\r\nb", " x", "'x", "", "\u00e4\u4eba"})
    void anyOtherTextComesBackAsItWas(String text) throws IOException {
        assertThat(written(text, text, text, text).get("station")).isEqualTo(text);
    }

    @Test
    void numbersStayNumbers() throws IOException {
        CSVRecord row = written("MAN-1", "man down", "s", "1.0");
        assertThat(row.toMap())
                .containsEntry("sequence", "4294967295")
                .containsEntry("type", "3b")
                .containsEntry("class", "critical")
                .containsEntry("lat", "-33.9000000")
                .containsEntry("lon", "0.0000005")
                .containsEntry("signal", "-71")
                .containsEntry("battery", "80")
                .containsEntry("late", "false")
                .containsEntry("time", "2026-05-01T08:30:00Z")
                .containsEntry("receivedAt", "2026-05-01T08:30:01.500Z");
    }
}
