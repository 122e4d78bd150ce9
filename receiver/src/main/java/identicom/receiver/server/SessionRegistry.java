package identicom.receiver.server;

import identicom.receiver.session.Input;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sessions of this station: all that are open by their ids, and by serial the newest one that is served. Any thread. Holds
 * no more than the connections there are.
 */
public final class SessionRegistry {
    private final Map<String, SessionHandler> openById = new ConcurrentHashMap<>();
    private final Map<String, SessionHandler> bySerial = new ConcurrentHashMap<>();

    void connected(SessionHandler session) {
        openById.put(session.sessionId(), session);
    }

    /** {@code session} is served from here on; an older one of its serial is replaced. */
    void opened(String serial, SessionHandler session) {
        SessionHandler older = bySerial.put(serial, session);
        if (older != null) {
            older.post(new Input.Replaced());
        }
    }

    void ended(String serial, SessionHandler session) {
        bySerial.remove(serial, session);
    }

    void disconnected(SessionHandler session) {
        openById.remove(session.sessionId());
    }

    /**
     * An {@code opened} record was read from the sessions' topic. A session whose own record was read before it is older, and
     * is replaced.
     */
    public void openedRecord(String serial, String sessionId) {
        SessionHandler here = bySerial.get(serial);
        if (here == null) {
            return;
        }
        if (here.sessionId().equals(sessionId)) {
            here.sawOwnRecord();
        } else if (here.hasSeenOwnRecord()) {
            here.post(new Input.Replaced());
        }
    }

    /** The serial is on the whitelist no longer. */
    public void decommissioned(String serial) {
        SessionHandler here = bySerial.get(serial);
        if (here != null) {
            here.post(new Input.Decommissioned());
        }
    }

    void tellAll(Input input) {
        openById.values().forEach(session -> session.post(input));
    }

    /** Lets every session look at the station's state. */
    void stateChanged() {
        openById.values().forEach(SessionHandler::postState);
    }

    void closeAll() {
        openById.values().forEach(SessionHandler::abort);
    }

    /** Connections whose session is not over, those without a unit included. */
    int openCount() {
        return openById.size();
    }

    /** Units being served. */
    public int servedCount() {
        return bySerial.size();
    }
}
