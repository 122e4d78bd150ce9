package identicom.alertservice.notify;

import identicom.alertservice.notify.Destinations.ForbiddenException;
import identicom.runtime.config.Configuration;
import identicom.runtime.config.Key;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.Timeout;

/**
 * Posts the alert to a URL, signed. Each host is looked up once a request and only the addresses that were checked are
 * connected to; no redirect is followed; what is answered beside the status is not read.
 */
public final class WebhookChannel implements Channel {

    static final Key<String> SECRET = Key.secret(
            "webhook.secret", "signs what webhooks are sent (HMAC-SHA256); without it there are no webhooks");

    static final Key<List<String>> ALLOW = new Key<>(
            "webhook.allow",
            "",
            "hosts and networks that webhooks may reach beside public addresses, such as hooks.example.org,10.1.0.0/16",
            false,
            WebhookChannel::allowed);

    public static final List<Key<?>> KEYS = List.of(SECRET, ALLOW);

    private static final Duration WITHIN = Duration.ofSeconds(5);
    private static final int CONNECTIONS = 64;

    private final byte[] secret;
    private final Destinations destinations;
    private final CloseableHttpClient client;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("webhook-post-", 0).factory());

    public WebhookChannel(Configuration configuration) {
        this(configuration.get(SECRET), configuration.get(ALLOW));
    }

    WebhookChannel(String secret, List<String> allow) {
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
        this.destinations = new Destinations(allow);
        Timeout timeout = Timeout.of(WITHIN);
        this.client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new Checked(destinations))
                        .setMaxConnTotal(CONNECTIONS)
                        .setMaxConnPerRoute(CONNECTIONS)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(timeout)
                                .setSocketTimeout(timeout)
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(timeout)
                        .setResponseTimeout(timeout)
                        .setRedirectsEnabled(false)
                        .build())
                .setConnectionReuseStrategy((request, response, context) -> false)
                .setUserAgent("identicom")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableCookieManagement()
                .disableAuthCaching()
                .build();
    }

    private static List<String> allowed(String text) {
        List<String> allowed = Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
        allowed.stream().filter(Destinations.Network::looksLikeOne).forEach(Destinations.Network::parse);
        return allowed;
    }

    private record Checked(Destinations destinations) implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws java.net.UnknownHostException {
            return destinations.resolve(host.replaceAll("[\\[\\]]", ""));
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public boolean available() {
        return secret.length > 0;
    }

    @Override
    public Handed send(Message message) throws InterruptedException {
        HttpPost post;
        HttpHost target;
        try {
            URI uri = new URI(message.address());
            post = new HttpPost(uri);
            target = HttpHost.create(uri);
        } catch (URISyntaxException | IllegalArgumentException e) {
            return new Handed.Never("not a URL");
        }
        post.setEntity(
                new StringEntity(message.json(), ContentType.APPLICATION_JSON.withCharset(StandardCharsets.UTF_8)));
        post.setHeader("Idempotency-Key", message.id().toString());
        post.setHeader(
                "Identicom-Signature", "sha256=" + signature(message.json().getBytes(StandardCharsets.UTF_8)));
        return within(post, target);
    }

    private Handed within(HttpPost post, HttpHost target) throws InterruptedException {
        Future<Handed> posting = threads.submit(() -> post(post, target));
        try {
            return posting.get(WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return new Handed.Later("no answer in " + WITHIN.toSeconds() + " s");
        } catch (ExecutionException e) {
            return new Handed.Later("failed here: " + e.getCause().getClass().getSimpleName());
        } finally {
            post.cancel();
            posting.cancel(true);
        }
    }

    private Handed post(HttpPost post, HttpHost target) {
        try (ClassicHttpResponse response = client.executeOpen(target, post, null)) {
            return answered(target, response.getCode());
        } catch (ForbiddenException e) {
            return new Handed.Never(e.getMessage());
        } catch (IOException e) {
            return new Handed.Later(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    private static Handed answered(HttpHost target, int status) {
        if (status >= 200 && status < 300) {
            return new Handed.Accepted(target.getHostName(), null);
        }
        boolean later = status == 408 || status == 425 || status == 429 || status >= 500;
        return later ? new Handed.Later("answered " + status) : new Handed.Never("answered " + status);
    }

    String signature(byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        client.close(org.apache.hc.core5.io.CloseMode.IMMEDIATE);
    }
}
