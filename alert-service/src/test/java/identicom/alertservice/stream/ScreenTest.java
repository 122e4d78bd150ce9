package identicom.alertservice.stream;

import static identicom.alertservice.Events.LANYARD;
import static identicom.alertservice.Events.MAN_DOWN;
import static identicom.alertservice.Events.NOON;
import static identicom.alertservice.Events.critical;
import static org.assertj.core.api.Assertions.assertThat;

import identicom.alertservice.alert.Handling.Outcome;
import identicom.alertservice.store.StoreFixture;
import identicom.alertservice.view.AlertJson;
import identicom.runtime.process.Health;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams over a real change log. Each test starts instances as it needs them. */
class ScreenTest extends StoreFixture {

    /** One instance's memory, fed from the log. */
    private final class Instance implements AutoCloseable {
        final Board board = new Board(serial -> null);
        final DatabasePulse pulse = new DatabasePulse(database.service(), new Health());
        final UnstoredWatch watch = new UnstoredWatch(changes, board, pulse, Clock.systemUTC());
        final Feed feed = new Feed(changes, board, watch);
        final List<Screening> screens = new ArrayList<>();
        volatile boolean stopping;

        Instance start() {
            pulse.start();
            watch.start();
            feed.start();
            SOON.until(() -> board.opening().live().id() != null);
            return this;
        }

        /** Until it has read all that the log holds now. */
        void awaitRead() throws SQLException {
            Long newest = changes.range().newest();
            SOON.until(() -> newest.equals(board.opening().live().id()));
        }

        Screening screen(@Nullable String lastEventId) {
            Screen screen = new Screen(
                    board,
                    changes,
                    () -> false,
                    () -> new Screen.Heartbeat(Instant.EPOCH, "up", "up", "up"),
                    () -> stopping);
            Screening screening = new Screening(screen, lastEventId);
            screens.add(screening);
            return screening;
        }

        @Override
        public void close() {
            stopping = true;
            screens.forEach(Screening::leave);
            feed.close();
            watch.close();
            pulse.close();
        }
    }

    /** What one screen gets. */
    private static final class Screening implements Screen.Sink {
        final List<Frame> got = new CopyOnWriteArrayList<>();
        final Thread thread;
        volatile boolean open = true;

        Screening(Screen screen, @Nullable String lastEventId) {
            thread = Thread.ofVirtual().start(() -> {
                try {
                    screen.serve(this, lastEventId);
                } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
        }

        @Override
        public void send(Frame frame) {
            got.add(frame);
        }

        @Override
        public boolean open() {
            return open;
        }

        void leave() {
            open = false;
        }

        List<Long> ids() {
            return alerts().map(Frame::id).toList();
        }

        Stream<Frame> alerts() {
            return got.stream().filter(frame -> frame.event().equals("alert"));
        }

        void awaitAlerts(int count) {
            SOON.until(() -> alerts().count() >= count);
        }

        boolean gotEvent(String event) {
            return got.stream().anyMatch(frame -> frame.event().equals(event));
        }
    }

    private Instance one;

    @BeforeEach
    void startOne() {
        one = new Instance().start();
    }

    @AfterEach
    void stopOne() {
        one.close();
    }

    private void raise(String serial) throws Exception {
        store(critical(serial, 1, LANYARD, NOON));
    }

    @Test
    void everyScreenOfEveryInstanceGetsEachChangeOnceThoughManyCommitAtOnce() throws Exception {
        try (Instance other = new Instance().start()) {
            List<Screening> screens = List.of(one.screen(null), one.screen(null), other.screen(null));
            screens.forEach(screen -> SOON.until(() -> screen.gotEvent("live")));
            List<Callable<Object>> writers = new ArrayList<>();
            for (int writer = 0; writer < 4; writer++) {
                String prefix = "W" + writer + "-";
                writers.add(() -> {
                    for (int i = 0; i < 50; i++) {
                        raise(prefix + i);
                    }
                    return prefix;
                });
            }
            together(writers);

            List<Long> all = changes.after(0, 1000).stream().map(c -> c.id()).toList();
            assertThat(all).hasSize(200);
            for (Screening screen : screens) {
                screen.awaitAlerts(200);
                assertThat(screen.ids()).isEqualTo(all);
            }
        }
    }

    @Test
    void streamResumedAtAnotherInstanceFromAnyIdMissesNothing() throws Exception {
        for (int i = 0; i < 5; i++) {
            raise("MAN-" + i);
        }
        actions.close(critical("MAN-1", 1, LANYARD, NOON).id().alertId(), ANN, Outcome.TEST, null);
        List<Long> all = changes.after(0, 100).stream().map(c -> c.id()).toList();
        try (Instance restarted = new Instance().start()) {
            for (int seen = 0; seen < all.size(); seen++) {
                Screening screen = restarted.screen(Long.toString(all.get(seen)));
                screen.awaitAlerts(all.size() - seen - 1);
                SOON.until(() -> screen.gotEvent("heartbeat"));
                assertThat(screen.ids()).isEqualTo(all.subList(seen + 1, all.size()));
                assertThat(screen.gotEvent("reset")).isFalse();
            }
        }
    }

    @Test
    void streamThatResumesBeforeTheInstanceHasReadTheLogWaitsForItAndIsNotReset() throws Exception {
        for (int i = 0; i < 3; i++) {
            raise("MAN-" + i);
        }
        List<Long> all = changes.after(0, 100).stream().map(c -> c.id()).toList();
        try (Instance begun = new Instance()) {
            Screening screen = begun.screen(Long.toString(all.getFirst()));
            SOON.until(() -> !screen.got.isEmpty() || screen.thread.getState() == Thread.State.TIMED_WAITING);
            begun.start();
            screen.awaitAlerts(2);
            assertThat(screen.ids()).isEqualTo(all.subList(1, 3));
            assertThat(screen.gotEvent("reset")).isFalse();
        }
    }

    @Test
    void beginningThatBreaksOffCanBeResumedFromItsLastId() throws Exception {
        IntStream.range(0, 3).forEach(i -> raiseUnchecked("MAN-" + i));
        store(critical("MAN-0", 2, MAN_DOWN, NOON));
        one.awaitRead();
        Screening whole = one.screen(null);
        whole.awaitAlerts(3);
        List<Frame> beginning = whole.alerts().toList();

        Screening resumed = one.screen(String.valueOf(beginning.getFirst().id()));
        resumed.awaitAlerts(2);
        assertThat(resumed.alerts().map(f -> AlertJson.read(f.data()).serial())).contains("MAN-2", "MAN-0");
    }

    private void raiseUnchecked(String serial) {
        try {
            raise(serial);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void screenThatBeginsGetsWhatIsOpenAndThenLive() throws Exception {
        raise("MAN-1");
        raise("MAN-2");
        actions.close(critical("MAN-1", 1, LANYARD, NOON).id().alertId(), ANN, Outcome.TEST, null);
        one.awaitRead();
        Screening screen = one.screen(null);
        SOON.until(() -> screen.gotEvent("live"));

        assertThat(screen.got.stream().map(Frame::event).limit(2)).containsExactly("alert", "live");
        assertThat(AlertJson.read(screen.got.getFirst().data()).serial()).isEqualTo("MAN-2");
    }

    @Test
    void idThatWasPurgedIsReset() throws Exception {
        raise("MAN-1");
        String old = Long.toString(changes.range().newest());
        raise("MAN-2");
        raise("MAN-3");
        transactions.run(tx -> {
            try (var statement = tx.createStatement()) {
                return statement.executeUpdate("update alerts.change set at = at - interval '25 hours'");
            }
        });
        changes.purge();
        try (Instance later = new Instance().start()) {
            Screening screen = later.screen(old);
            SOON.until(() -> screen.gotEvent("live"));

            assertThat(screen.got.getFirst().event()).isEqualTo("reset");
            assertThat(screen.ids()).hasSize(3);
        }
    }

    @Test
    void eventThatNoConsumerStoresIsShownFromMemoryAndTakenIntoTheAlertOnceStored() throws Exception {
        Screening screen = one.screen(null);
        one.watch.seen(critical("MAN-1", 1, MAN_DOWN, NOON));
        screen.awaitAlerts(1);
        assertThat(AlertJson.read(screen.alerts().findFirst().orElseThrow().data())
                        .stored())
                .isFalse();

        store(critical("MAN-1", 1, MAN_DOWN, NOON));
        screen.awaitAlerts(2);
        assertThat(screen.ids().get(1)).isNotNull();
        assertThat(screen.gotEvent("replaced")).isFalse();
    }

    @Test
    void eventThatIsStoredAlreadyIsNotShownAgain() throws Exception {
        raise("MAN-1");
        try (Instance restarted = new Instance().start()) {
            Screening screen = restarted.screen(null);
            restarted.watch.seen(critical("MAN-1", 1, LANYARD, NOON));
            restarted.watch.seen(critical("MAN-2", 1, LANYARD, NOON));
            screen.awaitAlerts(2);

            assertThat(screen.alerts().map(f -> AlertJson.read(f.data()).serial()))
                    .containsExactly("MAN-1", "MAN-2");
        }
    }
}
