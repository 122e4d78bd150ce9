package identicom.receiver.simulation;

import identicom.schema.v1.SessionRecord;
import identicom.schema.v1.StationHeartbeat;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one station has heard of units, and what main has of it: when a heartbeat stands in main that speaks of a moment, all that was
 * heard up to then stands before it. Means something while no clock is set.
 */
final class Heard {
    private final World world;
    private final Map<String, NavigableSet<Long>> openedAtUs = new TreeMap<>();
    private final Map<String, Long> toldUs = new HashMap<>();
    private long claimedUs;

    Heard(World world) {
        this.world = world;
    }

    /** The station hands this on. */
    void opened(SessionRecord record) {
        long atUs = record.getOpened().getAtUs();
        world.require(
                atUs > claimedUs || world.clocksWereSet(),
                () -> "heard at " + atUs + " after a heartbeat spoke of " + claimedUs + ": " + record.getSerial());
        openedAtUs
                .computeIfAbsent(record.getSerial(), serial -> new TreeSet<>())
                .add(atUs);
    }

    /** Main has this record of the station's. */
    void taken(SessionRecord record) {
        switch (record.getWhatCase()) {
            case OPENED -> told(record, record.getOpened().getAtUs());
            case PROGRESSED -> told(record, record.getProgressed().getLastByteAtUs());
            case CLOSED -> told(record, record.getClosed().getLastByteAtUs());
            case HEARTBEAT -> claimed(record.getHeartbeat());
            case WHAT_NOT_SET -> world.violated("a session record that says nothing");
        }
    }

    private void told(SessionRecord record, long heardUs) {
        toldUs.merge(record.getSerial(), heardUs, Math::max);
    }

    private void claimed(StationHeartbeat heartbeat) {
        claimedUs = Math.max(claimedUs, heartbeat.getAtUs());
        openedAtUs.forEach((serial, moments) -> {
            Long last = moments.floor(heartbeat.getAtUs());
            world.require(
                    last == null || toldUs.getOrDefault(serial, 0L) >= last || world.clocksWereSet(),
                    () -> "a heartbeat of " + heartbeat.getAtUs() + " and not that " + serial + " was heard at "
                            + last);
        });
    }
}
