package identicom.alertservice.stream;

import identicom.alertservice.store.ChangeLog;
import identicom.alertservice.store.ChangeLog.Change;
import identicom.alertservice.timer.Repeating;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * Reads the change log once for all streams of this instance: at once after a commit here, else every 200 ms for what
 * other instances committed.
 */
public final class Feed implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final int AT_ONCE = 1000;

    private final ChangeLog log;
    private final Board board;
    private final UnstoredWatch watch;
    private final Repeating reading;
    private boolean loaded;
    private long last;

    public Feed(ChangeLog log, Board board, UnstoredWatch watch) {
        this.log = log;
        this.board = board;
        this.watch = watch;
        this.reading = new Repeating("alerts-feed", POLL, this::read);
    }

    public void start() {
        reading.start();
    }

    /** Something was committed. */
    public void wake() {
        reading.wake();
    }

    private void read() throws SQLException {
        if (!loaded) {
            ChangeLog.Snapshot snapshot = log.snapshot();
            board.loaded(snapshot);
            last = snapshot.range().newest();
            loaded = true;
        }
        List<Change> changes;
        do {
            changes = log.after(last, AT_ONCE);
            if (!changes.isEmpty()) {
                watch.stored(changes);
                board.changed(changes);
                last = changes.getLast().id();
            }
        } while (changes.size() == AT_ONCE);
    }

    @Override
    public void close() {
        reading.close();
    }
}
