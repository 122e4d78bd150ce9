package identicom.systemtests.harness;

import java.net.URI;

/** Where an HTTP interface answers. */
@FunctionalInterface
public interface Site {

    /** An address under it. */
    URI http(String path);

    /** The interface at this port of this machine. */
    static Site local(int port) {
        return path -> URI.create("http://127.0.0.1:" + port + path);
    }
}
