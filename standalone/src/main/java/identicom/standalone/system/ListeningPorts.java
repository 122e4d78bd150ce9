package identicom.standalone.system;

import identicom.runtime.config.Configuration;
import identicom.runtime.http.HttpSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Finds out before anything is started whether the two ports that the world sees are free. */
final class ListeningPorts {
    private ListeningPorts() {}

    /** @throws IOException a port is in use; the message names the key to change */
    static void check(Configuration configuration) throws IOException {
        check(unitsHost(configuration), Integer.parseInt(text(configuration, "units.port")), "units.port");
        HttpSettings http = HttpSettings.from(configuration);
        check(http.host(), http.port(), "http.port");
    }

    static String unitsHost(Configuration configuration) {
        return text(configuration, "units.host");
    }

    private static String text(Configuration configuration, String name) {
        return configuration.keys().stream()
                .filter(key -> key.name().equals(name))
                .map(key -> configuration.get(key).toString())
                .findFirst()
                .orElseThrow();
    }

    private static void check(String host, int port, String key) throws IOException {
        if (port == 0) {
            return;
        }
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(host, port));
        } catch (IOException e) {
            throw new IOException(
                    key + ": cannot listen on " + host + ":" + port + ": " + e.getMessage()
                            + " (expected: a free port; set " + key + ", or IDENTICOM_"
                            + key.toUpperCase(java.util.Locale.ROOT).replace('.', '_')
                            + ", to another one, 0 picks one)",
                    e);
        }
    }
}
