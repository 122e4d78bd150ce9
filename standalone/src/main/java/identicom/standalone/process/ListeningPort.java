package identicom.standalone.process;

import identicom.runtime.config.Key;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.Optional;

/**
 * An address that a process would listen on.
 *
 * @param key the configuration key of its port
 * @param port 0: a free one is picked
 */
public record ListeningPort(String key, String host, int port) {
    /** Why it cannot be listened on now; empty when it can. */
    public Optional<String> obstacle() {
        if (port == 0) {
            return Optional.empty();
        }
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            InetSocketAddress address = new InetSocketAddress(host, port);
            if (address.isUnresolved()) {
                throw new SocketException("the host does not resolve");
            }
            probe.bind(address);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("cannot listen on " + host + ":" + port + ": " + e.getMessage());
        }
    }

    /** What to do about an obstacle. */
    public String advice() {
        return "set " + key + ", or " + Key.variable(key) + ", to another one, 0 picks one";
    }
}
