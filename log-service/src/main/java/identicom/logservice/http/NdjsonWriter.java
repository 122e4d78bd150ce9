package identicom.logservice.http;

import com.fasterxml.jackson.databind.ObjectWriter;
import identicom.runtime.http.Json;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Events as JSON, one to a line. */
final class NdjsonWriter implements EventWriter {
    static final String MEDIA_TYPE = "application/x-ndjson";
    private static final ObjectWriter JSON = Json.mapper().writerFor(EventItem.class);

    private final OutputStream out;

    NdjsonWriter(OutputStream out) {
        this.out = new BufferedOutputStream(out);
    }

    @Override
    public void write(EventItem item) throws IOException {
        out.write(JSON.writeValueAsBytes(item));
        out.write('\n');
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
