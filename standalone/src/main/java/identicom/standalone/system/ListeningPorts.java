package identicom.standalone.system;

import identicom.runtime.config.Configuration;
import identicom.runtime.http.HttpSettings;
import identicom.standalone.process.ListeningPort;
import java.io.IOException;
import java.util.Optional;

/** Finds out before anything is started whether the two ports that the world sees are free. */
final class ListeningPorts {
    private ListeningPorts() {}

    /** @throws IOException a port is in use; the message names the key to change */
    static void check(Configuration configuration) throws IOException {
        check(new ListeningPort(
                "units.port", unitsHost(configuration), Integer.parseInt(configuration.text("units.port"))));
        HttpSettings http = HttpSettings.from(configuration);
        check(new ListeningPort("http.port", http.host(), http.port()));
    }

    static String unitsHost(Configuration configuration) {
        return configuration.text("units.host");
    }

    private static void check(ListeningPort port) throws IOException {
        Optional<String> obstacle = port.obstacle();
        if (obstacle.isPresent()) {
            throw new IOException(
                    port.key() + ": " + obstacle.get() + " (expected: a free port; " + port.advice() + ")");
        }
    }
}
