package identicom.mediaservice.http;

import com.fasterxml.jackson.databind.JsonNode;
import identicom.mediaservice.MediaFixture;
import identicom.mediaservice.index.PictureList;
import identicom.runtime.http.Api;
import identicom.runtime.http.HttpFrame;
import identicom.runtime.http.HttpSettings;
import identicom.runtime.http.Identity;
import identicom.runtime.http.Json;
import identicom.runtime.http.Role;
import identicom.runtime.process.Health;
import identicom.runtime.process.Metrics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.List;

/** The service's HTTP interface on a free port, and a client for it. A token is the name of the role it stands for. */
final class MediaHttp implements AutoCloseable {
    private final Metrics metrics = new Metrics();
    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpFrame frame;

    MediaHttp(MediaFixture media) {
        Api api = new Api("media-service");
        new PicturesApi(new PictureList(media.database().service())).bindTo(api);
        new ContentApi(media.database().service(), media.store(), new ViewTrail(() -> {}, Clock.systemUTC()))
                .bindTo(api);
        frame = new HttpFrame(
                new HttpSettings("127.0.0.1", 0, false, 10),
                List.of(api),
                token -> Role.of(token).map(role -> new Identity("user-" + token, role, "token-id")),
                new Health(),
                metrics);
        frame.start();
    }

    /** @param headers names and values in turn */
    HttpResponse<byte[]> get(String pathAndQuery, String token, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + frame.port() + pathAndQuery))
                .header("Authorization", "Bearer " + token);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    JsonNode json(String pathAndQuery) throws IOException, InterruptedException {
        return Json.mapper().readTree(get(pathAndQuery, "operator").body());
    }

    @Override
    public void close() {
        frame.close();
        client.close();
        metrics.close();
    }
}
