package identicom.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventStreamTest {
    private final SampleServer server = new SampleServer(2);

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<InputStream> connect(String role) throws Exception {
        return server.open(server.as(role, "/api/v1/things/stream"));
    }

    private SseStream accepted() throws Exception {
        SseStream stream = server.streams.poll(60, TimeUnit.SECONDS);
        assertThat(stream).isNotNull();
        return stream;
    }

    private static BufferedReader reader(HttpResponse<InputStream> response) {
        return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    @Test
    void anEventArrivesAtOnceWithIdNameAndEachLineOfItsData() throws Exception {
        HttpResponse<InputStream> response = connect("operator");
        SseStream stream = accepted();
        stream.event("17", "alert", "one\ntwo\r\nthree");
        stream.event(null, "live", "");
        stream.close();

        assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
        assertThat(reader(response).lines().toList())
                .containsSubsequence(
                        "id: 17",
                        "event: alert",
                        "data: one",
                        "data: two",
                        "data: three",
                        "",
                        "event: live",
                        "data: ",
                        "");
    }

    @Test
    void aReaderThatTakesNothingHoldsUpNobodyAndIsCutOff() throws Exception {
        String large = "x".repeat(64 * 1024);
        try (Socket slow = new Socket("127.0.0.1", server.port())) {
            slow.getOutputStream()
                    .write(("GET /api/v1/things/stream HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer operator-a\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            SseStream stuck = accepted();
            HttpResponse<InputStream> response = connect("operator");
            SseStream quick = accepted();

            CompletableFuture<Void> filling = CompletableFuture.runAsync(
                    () -> IntStream.range(0, 2_000).forEach(i -> stuck.event(null, "alert", large)));
            quick.event("1", "alert", "through");
            BufferedReader lines = reader(response);
            assertThat(lines.lines()
                            .filter(line -> line.equals("data: through"))
                            .findFirst())
                    .isPresent();
            assertThat(stuck.isOpen()).as("not cut off so soon").isTrue();
            filling.get(120, TimeUnit.SECONDS);
            assertThat(stuck.isOpen()).isFalse();
            assertThat(quick.isOpen()).isTrue();
            quick.close();
            // The place of the one that was cut off is free again.
            await().untilAsserted(() ->
                    assertThat(server.send(server.request("/metrics")).body()).contains("identicom_http_streams 0.0"));
        }
    }

    @Test
    void oneStreamMoreThanThereMayBeIs503() throws Exception {
        connect("operator");
        connect("operator");
        accepted();
        accepted().onClose(() -> {});

        HttpResponse<String> response = server.send(server.as("operator", "/api/v1/things/stream"));

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @Test
    void aStreamEndsWhenItsTokenIsRevoked() throws Exception {
        connect("operator");
        SseStream stream = accepted();
        CountDownLatch closed = new CountDownLatch(1);
        stream.onClose(closed::countDown);

        server.revoked.add("operator-ann");

        assertThat(closed.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aReaderThatLeavesIsNoticedAtTheNextEvents() throws Exception {
        HttpResponse<InputStream> response = connect("operator");
        SseStream stream = accepted();

        response.body().close();

        await().until(() -> {
            stream.event(null, "alert", "x");
            return !stream.isOpen();
        });
    }

    @Test
    void anIdCannotBeSplitIntoLines() throws Exception {
        connect("operator");
        SseStream stream = accepted();

        assertThat(catchThrowable(() -> stream.event("1\ndata: evil", "alert", "x")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
