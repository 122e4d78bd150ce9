package identicom.runtime.http;

import identicom.runtime.process.Health;
import identicom.runtime.process.Metrics;
import java.util.List;

public final class HttpFrame implements AutoCloseable {
    public HttpFrame(HttpSettings settings, List<Api> apis, Tokens tokens, Health health, Metrics metrics) {}

    public void start() {}

    public int port() {
        return 0;
    }

    @Override
    public void close() {}
}
