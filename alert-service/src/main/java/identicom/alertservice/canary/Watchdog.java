package identicom.alertservice.canary;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An outside watchdog, which rings when it is not asked for a while. Its address is never told: it may be its password. */
final class Watchdog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final URI address;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(LIMIT).build();
    private boolean failing;

    Watchdog(URI address) {
        this.address = address;
    }

    /** One try: the next canary is the next one. */
    void ask() throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(LIMIT).GET().build();
        String failure = "";
        try {
            int status =
                    http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            failure = status / 100 == 2 ? "" : "status " + status;
        } catch (IOException e) {
            failure = e.getClass().getSimpleName();
        }
        if (!failure.isEmpty() && !failing) {
            LOG.warn("The canary's watchdog cannot be reached: {}", failure);
        } else if (failure.isEmpty() && failing) {
            LOG.info("The canary's watchdog answers again");
        }
        failing = !failure.isEmpty();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
