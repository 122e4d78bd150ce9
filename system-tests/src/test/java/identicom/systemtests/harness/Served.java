package identicom.systemtests.harness;

import java.net.URI;

/** Where an HTTP interface, and a page, is served. */
@FunctionalInterface
public interface Served {

    /** An address under it. */
    URI http(String path);

    /** At this port of this machine. */
    static Served onPort(int port) {
        return path -> URI.create("http://127.0.0.1:" + port + path);
    }
}
