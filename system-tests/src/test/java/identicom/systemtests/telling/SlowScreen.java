package identicom.systemtests.telling;

import com.fasterxml.jackson.databind.JsonNode;
import identicom.systemtests.harness.Desk;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/** A screen that reads its stream line by line when it is told to, over a socket that takes little without being read. */
final class SlowScreen implements AutoCloseable {
    private static final int BUFFER = 8 * 1024;
    private static final int LIMIT_MS = 20_000;

    private final Socket socket = new Socket();
    private final BufferedReader lines;
    private final Set<String> serials = new HashSet<>();
    private String lastId;
    private String id = "";
    private boolean alert;

    SlowScreen(int port, String token, String lastEventId) throws IOException {
        lastId = lastEventId;
        socket.setReceiveBufferSize(BUFFER);
        socket.setSoTimeout(LIMIT_MS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), LIMIT_MS);
        String request = "GET /api/v1/alerts/stream HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token
                + "\r\n" + (lastEventId.isEmpty() ? "" : "Last-Event-ID: " + lastEventId + "\r\n") + "\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 1);
    }

    /** Reads until an event of this name. Whether there was one before the stream ended. */
    boolean readTo(String event) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            take(line);
            if (line.equals("event: " + event) || line.equals("event:" + event)) {
                return true;
            }
        }
        return false;
    }

    /** Reads until {@code serial} was shown. Whether it was before the stream ended. */
    boolean readUntilShown(String serial) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            take(line);
            if (serials.contains(serial)) {
                return true;
            }
        }
        return false;
    }

    private void take(String line) throws IOException {
        if (line.startsWith("id:")) {
            id = line.substring(3).strip();
        } else if (line.startsWith("event:")) {
            alert = line.substring(6).strip().equals("alert");
        } else if (line.startsWith("data:") && alert) {
            JsonNode data = Desk.JSON.readTree(line.substring(5));
            serials.add(data.path("serial").asText());
        } else if (line.isEmpty() && !id.isEmpty()) {
            lastId = id;
            id = "";
        }
    }

    /** The units whose alerts it was shown. */
    Set<String> serials() {
        return serials;
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
