package identicom.standalone.command;

import java.net.InetSocketAddress;

/** Where units dial in, as a person writes it. */
final class StationAddress {
    private StationAddress() {}

    /** @throws IllegalArgumentException not {@code HOST:PORT} */
    static InetSocketAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1 || !text.substring(colon + 1).matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException("--station: " + text + " (expected: HOST:PORT)");
        }
        int port = Integer.parseInt(text.substring(colon + 1));
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("--station: port " + port + " (expected: 1..65535)");
        }
        return new InetSocketAddress(text.substring(0, colon), port);
    }
}
