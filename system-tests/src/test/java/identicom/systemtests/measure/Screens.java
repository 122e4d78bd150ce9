package identicom.systemtests.measure;

import static org.assertj.core.api.Assertions.assertThat;

import identicom.systemtests.telling.Screen;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Screens on the stream of one alert-service, each read by a thread of its own. */
final class Screens implements AutoCloseable {
    private static final long LIMIT_S = 300;

    private final int port;
    private final String token;
    private final ExecutorService reading = Executors.newCachedThreadPool();
    private final AtomicLong last = new AtomicLong(Long.MAX_VALUE);
    private final List<Screen> screens = new CopyOnWriteArrayList<>();
    private final List<Future<?>> shown = new ArrayList<>();

    private Screens(int port, String token) {
        this.port = port;
        this.token = token;
    }

    /** Returns when each has been sent what was there before. */
    static Screens open(int count, int port, String token) throws IOException {
        Screens all = new Screens(port, token);
        for (int i = 0; i < count; i++) {
            Screen screen = new Screen(port, token, "");
            assertThat(screen.readTo("live")).isTrue();
            all.screens.add(screen);
            int which = i;
            all.shown.add(all.reading.submit(() -> all.watch(which)));
        }
        return all;
    }

    /** As the page does: whoever is cut off, by whatever happens on a busy machine, dials in again and goes on. */
    private Screen watch(int which) throws IOException {
        while (!screens.get(which).readUntilId(last)) {
            screens.set(which, new Screen(port, token, screens.get(which).lastId()));
        }
        return screens.get(which);
    }

    /** Returns when each was shown this change. */
    void awaitChange(long change) throws Exception {
        last.set(change);
        for (Future<?> one : shown) {
            one.get(LIMIT_S, TimeUnit.SECONDS);
        }
    }

    @Override
    public void close() throws IOException {
        for (Screen screen : screens) {
            screen.close();
        }
        reading.shutdownNow();
    }
}
