package identicom.alertservice.http;

import identicom.alertservice.presence.LiveFeeds;
import identicom.alertservice.stream.Frame;
import identicom.alertservice.stream.Screen;
import identicom.runtime.http.Api;
import identicom.runtime.http.Identity;
import identicom.runtime.http.Request;
import identicom.runtime.http.Response;
import identicom.runtime.http.Role;
import identicom.runtime.http.SseStream;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/v1/alerts/stream}: one virtual thread a screen. Only the screens of those who may take an alert count as
 * somebody being there: whoever only reads can neither hold one nor come to help.
 */
public final class AlertStream {

    static final String ANSWERS = "Answers-Heartbeats";

    private static final Set<Role> TAKERS = EnumSet.of(Role.OPERATOR, Role.ADMINISTRATOR);

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
        return api.bind("streamAlerts", this::stream).bind("answerHeartbeat", this::answer);
    }

    private void stream(Request request, Response response) throws IOException, InterruptedException {
        String lastEventId = request.header("Last-Event-ID").orElse(null);
        boolean answers = request.header(ANSWERS).filter("true"::equals).isPresent();
        Identity who = request.identity();
        SseSink sink = new SseSink(response.sse(), written);
        if (!TAKERS.contains(who.role())) {
            screens.serve(sink, lastEventId);
        } else if (answers) {
            feeds.answered(who.user());
            screens.serve(sink, lastEventId);
        } else {
            serveWhileOpen(who.user(), sink, lastEventId);
        }
    }

    private void serveWhileOpen(String user, SseSink sink, @Nullable String lastEventId)
            throws IOException, InterruptedException {
        feeds.open(user);
        try {
            screens.serve(sink, lastEventId);
        } finally {
            feeds.close(user);
        }
    }

    private void answer(Request request, Response response) {
        feeds.answered(request.identity().user());
        response.empty(204);
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
