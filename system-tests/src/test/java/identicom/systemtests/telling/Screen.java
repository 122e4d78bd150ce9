package identicom.systemtests.telling;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A screen over a socket of its own, which reads when it is told to, and keeps the ids of the changes that it was shown. */
public final class Screen implements AutoCloseable {
    private static final int LIMIT_MS = 60_000;
    private static final int CHARS = 4 * 1024;

    private final Socket socket = new Socket();
    private final BufferedReader lines;
    private final Set<Long> ids = new HashSet<>();
    private final Set<String> events = new HashSet<>();
    private String lastId;
    private String id = "";
    private String named = "";

    public Screen(int port, String token, String lastEventId) throws IOException {
        this(port, token, lastEventId, 0);
    }

    /** Takes no more than so many bytes without being read. */
    static Screen with(int bytes, int port, String token, String lastEventId) throws IOException {
        return new Screen(port, token, lastEventId, bytes);
    }

    private Screen(int port, String token, String lastEventId, int receiveBuffer) throws IOException {
        lastId = lastEventId;
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.setSoTimeout(LIMIT_MS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), LIMIT_MS);
        String request = "GET /api/v1/alerts/stream HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token
                + "\r\n" + (lastEventId.isEmpty() ? "" : "Last-Event-ID: " + lastEventId + "\r\n") + "\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), CHARS);
    }

    /** Reads until an event of this name. Whether there was one before the stream ended. */
    public boolean readTo(String event) throws IOException {
        return readUntil(() -> named.equals(event));
    }

    /** Reads until it was shown this change or a later one. Whether it was before the stream ended. */
    public boolean readUntilId(AtomicLong change) throws IOException {
        return readUntil(() -> !lastId.isEmpty() && Long.parseLong(lastId) >= change.get());
    }

    private boolean readUntil(BooleanSupplier enough) throws IOException {
        while (!enough.getAsBoolean()) {
            String line = nextLine();
            if (line == null) {
                return false;
            }
            take(line);
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
        } else if (line.isEmpty() && !id.isEmpty()) {
            lastId = id;
            ids.add(Long.valueOf(id));
            id = "";
        }
    }

    /** The changes that it was shown whole. */
    Set<Long> ids() {
        return ids;
    }

    /** The names of all events that it was sent. */
    Set<String> events() {
        return events;
    }

    /** The id of the last change that it was shown whole. */
    public String lastId() {
        return lastId;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
