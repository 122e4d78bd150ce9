package identicom.standalone.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

/**
 * Whether something takes TCP connections there. Nothing is sent.
 *
 * @param subject what should listen
 * @param away the mark where nothing does
 * @param advice what to do then
 */
record EndpointCheck(String subject, Endpoint endpoint, Mark away, String advice) implements Check {
    private static final Duration LIMIT = Duration.ofSeconds(3);

    @Override
    public List<Finding> find() {
        InetAddress[] addresses;
        try {
            addresses = InetAddress.getAllByName(endpoint.host());
        } catch (UnknownHostException e) {
            return List.of(absent("the name " + endpoint.host() + " does not resolve"));
        }
        String why = "";
        for (InetAddress address : addresses) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(address, endpoint.port()), (int) LIMIT.toMillis());
                return List.of(Finding.ok(subject, endpoint + " takes connections"));
            } catch (IOException e) {
                why = Reason.of(e);
            }
        }
        return List.of(absent(endpoint + " takes no connection: " + why));
    }

    private Finding absent(String found) {
        return new Finding(away, subject, found, "something that listens there", advice);
    }
}
