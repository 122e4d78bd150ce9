package identicom.fleetservice.presence;

import identicom.schema.v1.SessionRecord;
import identicom.schema.v1.Trust;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A batch of session records in the order of their partition, folded to the session opened last. What is said of a session that
 * is not the unit's last one changes nothing: so one that ended late never marks a newer one as gone.
 */
final class SessionBatch {
    private final Map<String, Session> opened = new LinkedHashMap<>();
    private final Map<String, Session> touched = new LinkedHashMap<>();
    private final Map<String, Station> stations = new LinkedHashMap<>();

    /**
     * A session as the batch knows it. Of one that was opened before the batch only serial, id, time and closed are known.
     *
     * @param openedOffset of the opened record in the serial's partition
     */
    record Session(
            String serial,
            String id,
            String station,
            String softwareVersion,
            long openedAtUs,
            long openedOffset,
            long heardAtUs,
            boolean closed) {
        Session heard(long atUs, boolean nowClosed) {
            return new Session(
                    serial,
                    id,
                    station,
                    softwareVersion,
                    openedAtUs,
                    openedOffset,
                    Math.max(heardAtUs, atUs),
                    closed || nowClosed);
        }
    }

    /** A station's last sign of life. */
    record Station(
            String name, long startedAtUs, long heardAtUs, boolean draining, boolean mainSilent, int openSessions) {
        Station later(Station other) {
            Station last = other.heardAtUs >= heardAtUs ? other : this;
            return new Station(
                    name,
                    Math.max(startedAtUs, other.startedAtUs),
                    last.heardAtUs,
                    last.draining,
                    last.mainSilent,
                    last.openSessions);
        }
    }

    /** @param offset in its partition */
    void add(SessionRecord record, long offset) {
        switch (record.getWhatCase()) {
            case OPENED -> open(record, offset);
            case PROGRESSED -> touch(record, record.getProgressed().getLastByteAtUs(), false);
            case CLOSED -> touch(record, record.getClosed().getLastByteAtUs(), true);
            case HEARTBEAT -> {
                Station station = new Station(
                        record.getStation(),
                        record.getHeartbeat().getStartedAtUs(),
                        record.getHeartbeat().getAtUs(),
                        record.getHeartbeat().getDraining(),
                        record.getHeartbeat().getMainSilent(),
                        record.getHeartbeat().getOpenSessions());
                stations.merge(station.name(), station, Station::later);
            }
            case WHAT_NOT_SET -> {
                // a kind of record that is younger than this program
            }
        }
    }

    /** The last session of each unit that opened one. To be written after {@link #touched}. */
    Collection<Session> opened() {
        return opened.values();
    }

    /** Sessions opened before this batch of which something was said, each once. */
    Collection<Session> touched() {
        return touched.values();
    }

    Collection<Station> stations() {
        return stations.values();
    }

    private void open(SessionRecord record, long offset) {
        if (record.getOpened().getTrust() == Trust.UNREGISTERED) {
            return;
        }
        long at = record.getOpened().getAtUs();
        opened.put(
                record.getSerial(),
                new Session(
                        record.getSerial(),
                        record.getSessionId(),
                        record.getStation(),
                        record.getOpened().getSoftwareVersion(),
                        at,
                        offset,
                        at,
                        false));
    }

    private void touch(SessionRecord record, long heardAtUs, boolean closed) {
        Session last = opened.get(record.getSerial());
        if (last == null) {
            String key = record.getSerial() + ' ' + record.getSessionId();
            Session known = touched.getOrDefault(
                    key, new Session(record.getSerial(), record.getSessionId(), "", "", 0, 0, 0, false));
            touched.put(key, known.heard(heardAtUs, closed));
        } else if (last.id().equals(record.getSessionId())) {
            opened.put(record.getSerial(), last.heard(heardAtUs, closed));
        }
    }
}
