package identicom.alertservice.notify;

import static org.assertj.core.api.Assertions.assertThat;

import identicom.alertservice.notify.Handed.Accepted;
import identicom.alertservice.notify.Handed.Later;
import identicom.alertservice.notify.Handed.Never;
import identicom.alertservice.notify.HookServer.Hook;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookChannelTest {

    private static final UUID ID = UUID.fromString("0190a1b2-0000-7000-8000-000000000009");

    private HookServer server;
    private WebhookChannel channel;

    @BeforeEach
    void open() throws Exception {
        server = new HookServer();
        channel = new WebhookChannel("key", List.of("127.0.0.0/8"));
    }

    @AfterEach
    void close() {
        channel.close();
        server.close();
    }

    private static Message to(String url) {
        return new Message(ID, UUID.randomUUID(), url, "subject", "text", "{\"wearer\":\"Zoë\"}");
    }

    @Test
    void postsTheAlertWithItsKeyAndASignatureOfTheVeryBytes() throws Exception {
        assertThat(channel.send(to(server.url("/alarm")))).isEqualTo(new Accepted("127.0.0.1", null));

        Hook hook = server.hooks().getFirst();
        assertThat(hook.path()).isEqualTo("/alarm");
        assertThat(new String(hook.body(), StandardCharsets.UTF_8)).isEqualTo("{\"wearer\":\"Zoë\"}");
        assertThat(hook.header("Idempotency-key")).isEqualTo(ID.toString());
        assertThat(hook.header("Content-type")).startsWith("application/json");
        // printf '{"wearer":"Zoë"}' | openssl dgst -sha256 -hmac key
        assertThat(hook.header("Identicom-signature"))
                .isEqualTo("sha256=2087841c2c0d37bada1112b708bb03357c8e43e3490f8ddaa8d56e79123387a6");
    }

    @ParameterizedTest
    @CsvSource({
        "200, Accepted", "204, Accepted", "301, Never", "302, Never", "307, Never", "400, Never", "401, Never",
        "404, Never", "410, Never", "408, Later", "425, Later", "429, Later", "500, Later", "503, Later"
    })
    void statusSaysWhetherItIsTriedAgainAndNoRedirectIsFollowed(int status, String answer) throws Exception {
        server.answering(status);

        assertThat(channel.send(to(server.url("/"))).getClass().getSimpleName()).isEqualTo(answer);
        assertThat(server.hooks()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:%d/",
                "http://localhost:%d/",
                "http://[::1]:%d/",
                "http://[::ffff:127.0.0.1]:%d/",
                "http://2130706433:%d/",
                "http://0.0.0.0:%d/"
            })
    void addressThatIsNotPublicIsNotReachedUnlessAllowed(String url) throws Exception {
        int port = java.net.URI.create(server.url("/")).getPort();
        try (WebhookChannel strict = new WebhookChannel("key", List.of())) {
            assertThat(strict.send(to(url.formatted(port)))).isInstanceOf(Never.class);
        }
        assertThat(server.hooks()).isEmpty();
    }

    @Test
    void nobodyListeningIsWorthAnotherTry() throws Exception {
        try (Socket taken = new Socket()) {
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)); // by nobody who listens

            assertThat(channel.send(to("http://127.0.0.1:" + taken.getLocalPort() + "/")))
                    .isInstanceOf(Later.class);
        }
    }

    @Test
    @Timeout(60)
    void serverThatTricklesItsAnswerIsGivenFiveSecondsInAll() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> trickling = CompletableFuture.runAsync(() -> trickle(socket));

            assertThat(channel.send(to("http://127.0.0.1:" + socket.getLocalPort() + "/")))
                    .isEqualTo(new Later("no answer in 5 s"));
            assertThat(trickling).succeedsWithin(java.time.Duration.ofSeconds(30));
        }
    }

    /** One byte of a header every 200 ms, until the other side goes away. */
    private static void trickle(ServerSocket socket) {
        try (Socket client = socket.accept();
                OutputStream out = client.getOutputStream()) {
            out.write("HTTP/1.1 200 OK\r\nX: ".getBytes(StandardCharsets.US_ASCII));
            java.util.concurrent.ScheduledExecutorService clock =
                    java.util.concurrent.Executors.newScheduledThreadPool(1);
            CompletableFuture<Void> gone = new CompletableFuture<>();
            clock.scheduleAtFixedRate(
                    () -> {
                        try {
                            out.write('x');
                            out.flush();
                        } catch (java.io.IOException e) {
                            gone.complete(null);
                        }
                    },
                    0,
                    200,
                    java.util.concurrent.TimeUnit.MILLISECONDS);
            gone.join();
            clock.shutdownNow();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void withoutASecretThereAreNoWebhooks() {
        try (WebhookChannel unsigned = new WebhookChannel("", List.of())) {
            assertThat(unsigned.available()).isFalse();
        }
        assertThat(channel.available()).isTrue();
    }
}
