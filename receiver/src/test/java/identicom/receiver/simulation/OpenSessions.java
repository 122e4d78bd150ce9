package identicom.receiver.simulation;

import identicom.receiver.publish.Publisher;
import identicom.receiver.session.EndReason;
import identicom.schema.v1.SessionRecord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Watches that a session's opened record is followed by its closed one: soon, where a newer session of its serial was opened. */
final class OpenSessions extends WatchedPublisher {
    private static final long SOON = TimeUnit.SECONDS.toNanos(5);

    private final World world;
    private final SimulatedStation station;
    private final Map<String, String> newest = new HashMap<>();
    private final Set<String> open = new HashSet<>();

    OpenSessions(World world, SimulatedStation station, Publisher next) {
        super(next);
        this.world = world;
        this.station = station;
    }

    @Override
    public void session(SessionRecord record) {
        String id = record.getSessionId();
        if (record.hasOpened()) {
            open.add(id);
            station.heard().opened(record);
            String older = newest.put(record.getSerial(), id);
            if (older != null && open.contains(older)) {
                world.time.after(SOON, () -> mustBeClosed(older, id));
            }
        } else if (record.hasClosed()) {
            if (record.getClosed().getReason().equals(EndReason.REPLACED.word())) {
                world.count(Reached.SESSION_REPLACED);
            }
            world.require(open.remove(id), () -> "session " + id + " is closed and was not open");
        }
        super.session(record);
    }

    private void mustBeClosed(String older, String newer) {
        world.require(
                station.isDead() || !open.contains(older),
                () -> "session " + older + " goes on beside " + newer + " of the same unit");
    }

    void checkEnd() {
        world.require(open.isEmpty(), () -> "sessions that never end: " + open);
    }
}
