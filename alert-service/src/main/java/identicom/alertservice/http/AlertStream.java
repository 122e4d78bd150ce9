package identicom.alertservice.http;

import identicom.alertservice.presence.LiveFeeds;
import identicom.alertservice.stream.Frame;
import identicom.alertservice.stream.Screen;
import identicom.runtime.http.Api;
import identicom.runtime.http.Request;
import identicom.runtime.http.Response;
import identicom.runtime.http.SseStream;
import java.io.IOException;
import java.util.function.BiConsumer;

/** {@code /api/v1/alerts/stream}: one virtual thread a screen. */
public final class AlertStream {

    private final Screen screens;
    private final LiveFeeds feeds;
    private final BiConsumer<String, String> written;

    /** @param written hears event and data of each frame once it is on its way to the screen; must not block */
    public AlertStream(Screen screens, LiveFeeds feeds, BiConsumer<String, String> written) {
        this.screens = screens;
        this.feeds = feeds;
        this.written = written;
    }

    public Api bindTo(Api api) {
        return api.bind("streamAlerts", this::stream);
    }

    private void stream(Request request, Response response) throws IOException, InterruptedException {
        String lastEventId = request.header("Last-Event-ID").orElse(null);
        SseStream sse = response.sse();
        String user = request.identity().user();
        feeds.open(user);
        try {
            screens.serve(new SseSink(sse, written), lastEventId);
        } finally {
            feeds.close(user);
        }
    }

    private record SseSink(SseStream sse, BiConsumer<String, String> written) implements Screen.Sink {
        @Override
        public void send(Frame frame) throws IOException {
            Long id = frame.id();
            sse.event(
                    id == null ? null : id.toString(),
                    frame.event(),
                    frame.data(),
                    () -> written.accept(frame.event(), frame.data()));
        }

        @Override
        public boolean open() {
            return sse.isOpen();
        }
    }
}
