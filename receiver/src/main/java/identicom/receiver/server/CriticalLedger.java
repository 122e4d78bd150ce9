package identicom.receiver.server;

import identicom.schema.Cluster;
import identicom.schema.v1.CriticalAcknowledgement;
import identicom.schema.v1.Event;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * When each cluster acknowledged the session's critical events, until a session record has told it. Event loop only.
 *
 * <p>Bounded: of more than 1,024 events at once that no record has told, the later ones are not told.
 */
final class CriticalLedger {
    private static final int BOUND = 1_024;

    private static final class Line {
        private final CriticalAcknowledgement.Builder told = CriticalAcknowledgement.newBuilder();
        private int owing = Cluster.values().length;
        private boolean news;
    }

    private final Map<Long, Line> lines = new LinkedHashMap<>();

    void published(long number, Event event) {
        if (lines.size() >= BOUND) {
            return;
        }
        Line line = new Line();
        line.told.setLogId(event.getLogId()).setSequence(event.getSequence()).setRaw(event.getRaw());
        lines.put(number, line);
    }

    void acknowledged(long number, Cluster cluster, long atUs) {
        Line line = lines.get(number);
        if (line == null) {
            return;
        }
        line.owing--;
        line.news = true;
        switch (cluster) {
            case MAIN -> line.told.setMainAtUs(atUs);
            case PRIORITY -> line.told.setPriorityAtUs(atUs);
        }
    }

    void lost(long number) {
        Line line = lines.get(number);
        if (line != null) {
            line.owing--;
        }
    }

    /** Some cluster has not answered yet for some event. */
    boolean owing() {
        return lines.values().stream().anyMatch(line -> line.owing > 0);
    }

    boolean hasNews() {
        return lines.values().stream().anyMatch(line -> line.news);
    }

    /** What has not been told, and forgets what is complete. */
    List<CriticalAcknowledgement> tell() {
        List<CriticalAcknowledgement> told = new ArrayList<>();
        for (Iterator<Line> each = lines.values().iterator(); each.hasNext(); ) {
            Line line = each.next();
            if (line.news) {
                told.add(line.told.build());
                line.news = false;
            }
            if (line.owing <= 0) {
                each.remove();
            }
        }
        return told;
    }
}
