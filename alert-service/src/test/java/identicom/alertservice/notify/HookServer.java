package identicom.alertservice.notify;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/** A real HTTP server that takes webhooks: it answers as it is told, 200 where nothing is told, or not at all. */
public final class HookServer implements AutoCloseable {

    /** One request as it came. */
    public record Hook(String path, Map<String, List<String>> headers, byte[] body) {
        public String header(String name) {
            return headers.getOrDefault(name, List.of("")).getFirst();
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ConcurrentLinkedQueue<Integer> answers = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<Hook> hooks = new LinkedBlockingQueue<>();
    private final List<Hook> all = new CopyOnWriteArrayList<>();
    private final CountDownLatch hanging = new CountDownLatch(1);
    private volatile boolean hangs;

    public HookServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    public String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    public HookServer answering(int... statuses) {
        for (int status : statuses) {
            answers.add(status);
        }
        return this;
    }

    public HookServer hanging() {
        hangs = true;
        return this;
    }

    public List<Hook> hooks() {
        return all;
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            Hook hook = new Hook(
                    exchange.getRequestURI().getPath(),
                    Map.copyOf(exchange.getRequestHeaders()),
                    exchange.getRequestBody().readAllBytes());
            all.add(hook);
            hooks.add(hook);
            while (hangs && hanging.getCount() > 0) {
                hanging.await();
            }
            Integer told = answers.poll();
            int status = told == null ? 200 : told;
            exchange.getResponseHeaders().set("Location", url("/elsewhere"));
            exchange.sendResponseHeaders(status, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        hanging.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
