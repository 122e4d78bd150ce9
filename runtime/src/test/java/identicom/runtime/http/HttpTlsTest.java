package identicom.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import identicom.runtime.config.Configuration;
import identicom.testing.TestAuthority;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpTlsTest {
    @TempDir
    static Path folder;

    private static HttpSettings with(Path pem) {
        return HttpSettings.from(
                Configuration.of(Map.of("http.port", "0", "http.tls", pem.toString()), HttpSettings.KEYS));
    }

    private static int get(String scheme, SampleServer server, SSLContext trusting) throws Exception {
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(trusting)
                .build()) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create(scheme + "://127.0.0.1:" + server.port() + "/health/live"))
                    .timeout(Duration.ofSeconds(60))
                    .build();
            return client.send(request, BodyHandlers.discarding()).statusCode();
        }
    }

    @Test
    void whoBelievesItsAuthorityIsAnsweredAndWhoSpeaksPlainlyIsNot() throws Exception {
        TestAuthority authority = new TestAuthority(folder.resolve("right"));
        try (SampleServer server =
                new SampleServer(with(authority.signs("ip:127.0.0.1").both()))) {
            assertThat(get("https", server, authority.client())).isEqualTo(200);
            assertThatThrownBy(() -> get("http", server, authority.client())).isInstanceOf(IOException.class);
            TestAuthority another = new TestAuthority(folder.resolve("another"));
            assertThatThrownBy(() -> get("https", server, another.client())).isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void theCertificateOfAnotherHostIsSeenThrough() throws Exception {
        TestAuthority authority = new TestAuthority(folder.resolve("other-host"));
        try (SampleServer server =
                new SampleServer(with(authority.signs("dns:elsewhere.example").both()))) {
            assertThatThrownBy(() -> get("https", server, authority.client()))
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasMessageContaining("127.0.0.1");
        }
    }

    @Test
    void aFileThatIsNoneIsAProblemOfTheConfigurationAndSaysNothingOfTheKey() throws Exception {
        TestAuthority authority = new TestAuthority(folder.resolve("torn"));
        Path torn = folder.resolve("torn.pem");
        String whole = Files.readString(authority.signs("ip:127.0.0.1").both());
        Files.writeString(torn, whole.replace("BEGIN PRIVATE KEY", "BEGIN EC PRIVATE KEY"));
        for (Path wrong : new Path[] {torn, folder.resolve("absent.pem"), authority.certificate()}) {
            assertThatThrownBy(() -> with(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("http.tls")
                    .hasMessageContaining("BEGIN PRIVATE KEY");
        }
    }
}
