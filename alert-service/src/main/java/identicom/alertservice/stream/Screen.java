package identicom.alertservice.stream;

import identicom.alertservice.store.ChangeLog;
import identicom.alertservice.store.ChangeLog.Change;
import identicom.alertservice.stream.Ring.LaggingException;
import identicom.alertservice.view.AlertJson;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One stream of alerts to one screen, in a virtual thread of its own, until the screen goes away. */
public final class Screen {

    /** Where the frames go. Blocks while the screen does not read. */
    public interface Sink {
        void send(Frame frame) throws IOException;

        boolean open();
    }

    /** What the heartbeat says of the parts; {@code up} or {@code down} each. */
    public record Heartbeat(Instant time, String kafkaMain, String kafkaPriority, String database) {}

    private static final Logger LOG = LoggerFactory.getLogger(Screen.class);
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final Duration LOOK_UP = Duration.ofMillis(500);
    private static final Duration LOADING = Duration.ofSeconds(5);
    private static final int AT_ONCE = 500;
    private static final int FRAMES = 64;

    private final Board board;
    private final ChangeLog log;
    private final BooleanSupplier databaseAway;
    private final Supplier<Heartbeat> heartbeat;
    private final BooleanSupplier stopping;
    private final AtomicInteger live = new AtomicInteger();

    public Screen(
            Board board,
            ChangeLog log,
            BooleanSupplier databaseAway,
            Supplier<Heartbeat> heartbeat,
            BooleanSupplier stopping) {
        this.board = board;
        this.log = log;
        this.databaseAway = databaseAway;
        this.heartbeat = heartbeat;
        this.stopping = stopping;
    }

    /** @param lastEventId what the screen says it has seen; null for a screen that begins */
    public void serve(Sink sink, @Nullable String lastEventId) throws IOException, InterruptedException {
        live.incrementAndGet();
        try {
            long position = begin(sink, lastEventId);
            follow(sink, position);
        } catch (LaggingException e) {
            LOG.info("a screen read too slowly and was cut off; it resumes by its last id");
        } finally {
            live.decrementAndGet();
        }
    }

    /** How many streams this instance serves now. */
    public int live() {
        return live.get();
    }

    private long begin(Sink sink, @Nullable String lastEventId) throws IOException, InterruptedException {
        if (lastEventId != null) {
            Optional<Long> resumed = resume(sink, lastEventId);
            if (resumed.isPresent()) {
                return resumed.get();
            }
            sink.send(new Frame(null, "reset", "{}"));
        }
        Board.Opening opening = board.opening();
        for (Frame frame : opening.alerts()) {
            sink.send(frame);
        }
        sink.send(opening.live());
        return opening.position();
    }

    /** Where in the ring it goes on; empty when nobody knows what came after that id. */
    private Optional<Long> resume(Sink sink, String lastEventId) throws IOException, InterruptedException {
        OptionalLong id = changeId(lastEventId);
        if (id.isEmpty() || id.getAsLong() > newestKnown(id.getAsLong())) {
            return Optional.empty();
        }
        Optional<Long> inMemory = board.ring().after(id.getAsLong());
        if (inMemory.isPresent()) {
            return inMemory;
        }
        try {
            return databaseAway.getAsBoolean() ? Optional.empty() : catchUp(sink, id.getAsLong());
        } catch (SQLException e) {
            LOG.info("a screen cannot resume from {} while the database is away: {}", lastEventId, e.getMessage());
            return Optional.empty();
        }
    }

    /** Another instance may have told of changes that this one has not read yet: the log itself decides. */
    private long newestKnown(long asked) {
        long here = board.newest();
        if (asked <= here || databaseAway.getAsBoolean()) {
            return here;
        }
        try {
            return log.range().newest();
        } catch (SQLException e) {
            return here;
        }
    }

    /** From the change log to where the ring goes on; an instance that has just begun may have to load it first. */
    private Optional<Long> catchUp(Sink sink, long from) throws SQLException, IOException, InterruptedException {
        if (!log.range().holds(from) || !board.ring().awaitComplete(LOADING)) {
            return Optional.empty();
        }
        long last = from;
        List<Change> changes;
        do {
            changes = log.after(last, AT_ONCE);
            for (Change change : changes) {
                if (!board.isCanary(change)) {
                    sink.send(new Frame(change.id(), "alert", change.body()));
                }
                last = change.id();
            }
        } while (changes.size() == AT_ONCE);
        return board.ring().after(last);
    }

    private static OptionalLong changeId(String text) {
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private void follow(Sink sink, long from) throws IOException, InterruptedException, LaggingException {
        long position = from;
        long beatAt = System.nanoTime();
        while (sink.open() && !stopping.getAsBoolean()) {
            long left = beatAt - System.nanoTime();
            if (left <= 0) {
                sink.send(new Frame(null, "heartbeat", AlertJson.write(heartbeat.get())));
                beatAt = System.nanoTime() + HEARTBEAT.toNanos();
                continue;
            }
            Duration wait = Duration.ofNanos(Math.min(left, LOOK_UP.toNanos()));
            List<Frame> frames = board.ring().read(position, FRAMES, wait);
            for (Frame frame : frames) {
                sink.send(frame);
            }
            position += frames.size();
        }
    }
}
