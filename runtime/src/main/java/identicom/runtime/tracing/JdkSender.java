package identicom.runtime.tracing;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import io.opentelemetry.sdk.common.export.MessageWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Sends each message once, by the JDK's HTTP client with threads of its own. What is answered beside the status is not read. */
final class JdkSender implements HttpSender {
    private record Answer(int getStatusCode) implements HttpResponse {
        @Override
        public String getStatusMessage() {
            return "HTTP " + getStatusCode;
        }

        @Override
        public byte[] getResponseBody() {
            return new byte[0];
        }
    }

    private final HttpSenderConfig config;
    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().name("traces-export-", 0).daemon(true).factory());
    private final HttpClient client;

    JdkSender(HttpSenderConfig config) {
        this.config = config;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(config.getConnectTimeout())
                .executor(threads)
                .build();
    }

    @Override
    public void send(MessageWriter message, Consumer<HttpResponse> onResponse, Consumer<Throwable> onError) {
        try {
            client.sendAsync(request(message), BodyHandlers.discarding()).whenComplete((answer, failure) -> {
                if (failure == null) {
                    onResponse.accept(new Answer(answer.statusCode()));
                } else {
                    onError.accept(failure);
                }
            });
        } catch (IOException | RuntimeException e) {
            onError.accept(e);
        }
    }

    private HttpRequest request(MessageWriter message) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream(Math.max(0, message.getContentLength()));
        message.writeMessage(body);
        HttpRequest.Builder request = HttpRequest.newBuilder(config.getEndpoint())
                .timeout(config.getTimeout())
                .header("Content-Type", config.getContentType())
                .POST(BodyPublishers.ofByteArray(body.toByteArray()));
        Map<String, List<String>> headers = config.getHeadersSupplier().get();
        if (headers != null) {
            headers.forEach((name, values) -> values.forEach(value -> request.header(name, value)));
        }
        return request.build();
    }

    @Override
    public CompletableResultCode shutdown() {
        client.shutdownNow();
        threads.shutdown();
        return CompletableResultCode.ofSuccess();
    }
}
