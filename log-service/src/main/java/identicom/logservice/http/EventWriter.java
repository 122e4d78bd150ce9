package identicom.logservice.http;

import java.io.Closeable;
import java.io.IOException;

/** Writes events one after the other in an export's format. Confined to the request's thread. */
interface EventWriter extends Closeable {
    void write(EventItem item) throws IOException;

    /** Passes on what was written so far. */
    void flush() throws IOException;
}
