package identicom.systemtests.torture;

import com.fasterxml.jackson.databind.JsonNode;
import identicom.systemtests.harness.AlertStream;
import identicom.systemtests.harness.AlertStream.Heard;
import identicom.systemtests.harness.Desk;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An operator's screen that stays on whatever happens: where its stream ends it asks again, from the last change that it heard on. Knows
 * when it first showed an alert of each unit. One thread of its own.
 */
final class Screen implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Screen.class);
    private static final long AGAIN_MS = 200;

    private final Desk desk;
    private final Map<String, Long> shown = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile boolean closed;
    private long last;

    Screen(Desk desk) {
        this.desk = desk;
        this.thread = Thread.ofPlatform().name("screen").daemon(true).start(this::watch);
    }

    /** When an alert of a unit was first shown, by {@link System#nanoTime}. */
    OptionalLong shown(String serial) {
        Long at = shown.get(serial);
        return at == null ? OptionalLong.empty() : OptionalLong.of(at);
    }

    private void watch() {
        while (!closed) {
            try (AlertStream stream = last == 0 ? desk.listen() : desk.listenAfter(Long.toString(last))) {
                while (!closed && !stream.ended()) {
                    take(stream.heard());
                    Thread.sleep(AGAIN_MS);
                }
                take(stream.heard());
            } catch (IOException away) {
                LOG.debug("the stream is away: {}", away.toString());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void take(List<Heard> heard) {
        for (Heard one : heard) {
            if (one.event().equals("alert")) {
                JsonNode serial = one.data().path("serial");
                shown.putIfAbsent(serial.asText(), one.atNanos());
            }
            if (!one.id().isEmpty()) {
                last = Math.max(last, Long.parseLong(one.id()));
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
