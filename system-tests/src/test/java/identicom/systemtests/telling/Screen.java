package identicom.systemtests.telling;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A screen over a socket of its own, which takes little without being read. It reads when it is told to, and keeps no
 * more than whose alerts it was shown, so that hundreds of them fit in a test.
 */
final class Screen implements AutoCloseable {
    private static final Pattern SERIAL = Pattern.compile("\"serial\":\"([^\"]*)\"");
    private static final int BUFFER = 8 * 1024;
    private static final int LIMIT_MS = 240_000;
    private static final int CHARS = 512;

    private final Socket socket = new Socket();
    private final BufferedReader lines;
    private final Set<String> serials = new HashSet<>();
    private final Set<String> events = new HashSet<>();
    private String lastId;
    private String id = "";
    private String named = "";

    Screen(int port, String token, String lastEventId) throws IOException {
        lastId = lastEventId;
        socket.setReceiveBufferSize(BUFFER);
        socket.setSoTimeout(LIMIT_MS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), LIMIT_MS);
        String request = "GET /api/v1/alerts/stream HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token
                + "\r\n" + (lastEventId.isEmpty() ? "" : "Last-Event-ID: " + lastEventId + "\r\n") + "\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), CHARS);
    }

    /** Reads until an event of this name. Whether there was one before the stream ended. */
    boolean readTo(String event) throws IOException {
        return readUntil(() -> named.equals(event));
    }

    /** Reads until the alerts of all these units were shown. Whether they were before the stream ended. */
    boolean readUntilShown(Set<String> units) throws IOException {
        return readUntil(() -> serials.containsAll(units));
    }

    private boolean readUntil(BooleanSupplier enough) throws IOException {
        Instant limit = Instant.now().plusMillis(LIMIT_MS);
        while (!enough.getAsBoolean()) {
            String line = nextLine();
            if (line == null) {
                return false;
            }
            take(line);
            assertThat(Instant.now()).as("still reading, %s", named).isBefore(limit);
        }
        return true;
    }

    /** Null at the end of the stream, also when the server broke it off. */
    private @Nullable String nextLine() throws IOException {
        try {
            return lines.readLine();
        } catch (SocketException cutOff) {
            return null;
        }
    }

    private void take(String line) {
        if (line.startsWith("id:")) {
            id = line.substring(3).strip();
        } else if (line.startsWith("event:")) {
            named = line.substring(6).strip();
            events.add(named);
        } else if (line.startsWith("data:") && named.equals("alert")) {
            Matcher matcher = SERIAL.matcher(line);
            if (matcher.find()) {
                serials.add(matcher.group(1));
            }
        } else if (line.isEmpty() && !id.isEmpty()) {
            lastId = id;
            id = "";
        }
    }

    /** The units whose alerts it was shown. */
    Set<String> serials() {
        return serials;
    }

    /** The names of all events that it was sent. */
    Set<String> events() {
        return events;
    }

    /** The id of the last change that it was shown whole. */
    String lastId() {
        return lastId;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
