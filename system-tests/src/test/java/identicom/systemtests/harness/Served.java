package identicom.systemtests.harness;

import java.net.URI;

/** Where a page is served. */
public interface Served {

    /** An address under the HTTP interface. */
    URI http(String path);
}
