package identicom.runtime.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import identicom.runtime.db.DatabaseOutage;
import identicom.runtime.kafka.RetriableStorageException;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.ServerResponse;
import java.io.EOFException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever went wrong into {@code application/problem+json}. */
final class Errors {
    static final String MEDIA_TYPE = "application/problem+json";
    private static final Logger LOG = LoggerFactory.getLogger(Errors.class);

    private Errors() {}

    /** What to answer with. A bug's cause goes to the log under a reference, never to the asker. */
    static Problem problem(Throwable thrown, String operation) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof Problem problem) {
                return problem;
            }
            if (cause instanceof RetriableStorageException) {
                return Problem.unavailable("What was asked cannot be stored or read for now; try again");
            }
        }
        if (DatabaseOutage.causes(thrown)) {
            LOG.warn("{}: the database does not answer: {}", operation, thrown.toString());
            return Problem.unavailable("The database does not answer; try again");
        }
        if (isUnreadableBody(thrown)) {
            return Problem.badRequest("body", "cut off", "as many bytes as Content-Length says");
        }
        String reference = UUID.randomUUID().toString().substring(0, 8);
        LOG.error("{} failed [{}]", operation, reference, thrown);
        return Problem.internal(reference);
    }

    private static boolean isUnreadableBody(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedIOException
                    || cause instanceof EOFException
                    || cause instanceof DataReader.InsufficientDataAvailableException) {
                return true;
            }
        }
        return false;
    }

    static void answer(ServerResponse response, Problem problem) {
        problem.headers().forEach((name, value) -> response.headers().set(HeaderNames.create(name), value));
        if (problem.status() == 413) {
            // What is left of a body that was too large by far is not read.
            response.headers().set(HeaderNames.CONNECTION, "close");
        }
        response.headers().set(HeaderNames.CONTENT_TYPE, MEDIA_TYPE);
        response.status(Status.create(problem.status()));
        response.send(bytes(problem.members()));
    }

    /** For requests that are refused before they are one: not HTTP, too long a header, an impossible path. */
    static DirectHandlers directHandlers(boolean secure) {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
            handlers.addHandler(type, new Refusal(secure));
        }
        return handlers.build();
    }

    private record Refusal(boolean secure) implements DirectHandler {
        @Override
        public TransportResponse handle(
                TransportRequest request,
                EventType type,
                Status status,
                ServerResponseHeaders headers,
                String message) {
            SecurityHeaders.set(headers, secure);
            headers.set(HeaderNames.CONTENT_TYPE, MEDIA_TYPE);
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("title", status.reasonPhrase());
            members.put("status", status.code());
            members.put("detail", "The request was refused before it was read");
            members.put("expected", "a request as HTTP/1.1 defines it, headers of at most 16 kB");
            return TransportResponse.builder()
                    .status(status)
                    .headers(headers)
                    .keepAlive(false)
                    .entity(bytes(members))
                    .build();
        }
    }

    private static byte[] bytes(Map<String, ?> members) {
        try {
            return Json.mapper().writeValueAsBytes(members);
        } catch (JsonProcessingException e) {
            LOG.error("A problem cannot be written as JSON", e);
            return "{\"status\":500,\"title\":\"Internal error\"}".getBytes(StandardCharsets.UTF_8);
        }
    }
}
