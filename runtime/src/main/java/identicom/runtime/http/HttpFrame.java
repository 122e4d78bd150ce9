package identicom.runtime.http;

import identicom.runtime.process.Health;
import identicom.runtime.process.Metrics;
import io.helidon.common.tls.Tls;
import io.helidon.http.Method;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One listener for the Apis of one process. Adds {@code /health/live}, {@code /health/ready}, {@code /metrics} and {@code
 * /api/openapi.json}; finds the operation in the merged OpenAPI document, admits or refuses, and answers every error as RFC 9457 says.
 * Each request runs in a virtual thread of its own.
 */
public final class HttpFrame implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpFrame.class);
    /** What the kernel holds for a reader that takes nothing; left to itself it holds megabytes. */
    private static final int SEND_BUFFER = 256 * 1024;

    private static final int MAX_CONNECTIONS = 4_096;
    private static final Duration READ_LIMIT = Duration.ofSeconds(60);

    private final HttpSettings settings;
    private final Metrics metrics;
    private final Guard guard;
    private final Router router;
    private final OpenStreams openStreams;
    private final Health.Component state;
    private @Nullable WebServer server;

    /** @throws IllegalStateException an operation without handler, a handler without operation, or Apis that contradict each other */
    public HttpFrame(HttpSettings settings, List<Api> apis, Tokens tokens, Health health, Metrics metrics) {
        this.settings = settings;
        this.metrics = metrics;
        this.guard = new Guard(tokens);
        this.openStreams = new OpenStreams(settings.maxStreams(), metrics);
        this.state = health.register("http", true);
        FrameApi frame = new FrameApi(health, metrics);
        List<Api> all = new ArrayList<>(apis);
        all.add(frame.api());
        OpenApi openApi = new OpenApi(all);
        frame.document(openApi.document());
        this.router = new Router(openApi.operations());
    }

    /** Begins to listen. @throws RuntimeException the port is in use */
    public void start() {
        Http1Config http1 = Http1Config.builder()
                .maxHeadersSize(16_384)
                .maxPrologueLength(8_192)
                .validateResponseHeaders(true)
                .build();
        WebServerConfig.Builder builder = WebServer.builder()
                .host(settings.host())
                .port(settings.port())
                .shutdownHook(false)
                .shutdownGracePeriod(Duration.ofSeconds(3))
                .maxTcpConnections(MAX_CONNECTIONS)
                .idleConnectionTimeout(Duration.ofMinutes(2))
                .connectionOptions(options ->
                        options.readTimeout(READ_LIMIT).tcpNoDelay(true).socketSendBufferSize(SEND_BUFFER))
                .addConnectionSelector(
                        Http1ConnectionSelector.builder().config(http1).build())
                .directHandlers(Errors.directHandlers(settings.secureCookie()))
                .routing(routing -> routing.any(this::handle));
        settings.tls()
                .ifPresent(shown -> builder.tls(Tls.builder().sslContext(shown).build()));
        WebServer built = builder.build();
        built.start();
        server = built;
        openStreams.start();
        state.up();
        LOG.info("HTTP{} on {}:{}", settings.tls().isPresent() ? " with TLS" : "", settings.host(), built.port());
    }

    /** The port that is listened on. */
    public int port() {
        WebServer running = server;
        if (running == null) {
            throw new IllegalStateException("not started");
        }
        return running.port();
    }

    private void handle(ServerRequest request, ServerResponse response) {
        long start = System.nanoTime();
        String operation = "none";
        SecurityHeaders.set(response.headers(), settings.secureCookie());
        Response answer = null;
        try {
            Method method = request.prologue().method();
            Router.Match match =
                    router.find(method.text(), request.prologue().uriPath().rawPath());
            operation = match.operation().id();
            Optional<Guard.Shown> shown = guard.admit(request, match.operation());
            Request asked = new Request(request, match, shown.orElse(null), settings);
            asked.check();
            answer = new Response(
                    response,
                    openStreams,
                    () -> shown.isEmpty() || guard.isStillValid(shown.get().token()),
                    settings.secureCookie());
            match.operation().handler().handle(asked, answer);
            if (!answer.hasBegun()) {
                throw new IllegalStateException("the handler did not answer");
            }
            if (!answer.finish()) {
                throw new CloseConnectionException("the stream's reader was cut off or left");
            }
        } catch (CloseConnectionException e) {
            throw e;
        } catch (Exception e) {
            fail(answer, response, operation, e);
        } finally {
            count(operation, response.status().code(), System.nanoTime() - start);
        }
    }

    private static void fail(@Nullable Response answer, ServerResponse response, String operation, Exception thrown) {
        if (answer == null || !answer.hasBegun()) {
            Problem problem = Errors.problem(thrown, operation);
            Errors.answer(response, problem);
            if (problem.status() == 413) {
                throw new CloseConnectionException("the body was too large");
            }
            return;
        }
        try {
            answer.abandon();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        LOG.warn("{} broke off its answer: {}", operation, thrown.toString());
        throw new CloseConnectionException("the answer broke off", thrown);
    }

    private void count(String operation, int status, long nanos) {
        Timer.builder("identicom.http.requests")
                .description("Requests by operation and status")
                .tag("operation", operation)
                .tag("status", Integer.toString(status))
                .register(metrics.registry())
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    /** Ends the event streams, lets requests under way finish for 3 s, and closes the listener. */
    @Override
    public void close() {
        openStreams.close();
        WebServer running = server;
        if (running != null) {
            running.stop();
            server = null;
        }
    }
}
