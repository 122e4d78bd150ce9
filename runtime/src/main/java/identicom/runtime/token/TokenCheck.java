package identicom.runtime.token;

import identicom.runtime.http.Identity;
import identicom.runtime.http.Tokens;
import identicom.runtime.kafka.Clusters;
import identicom.runtime.process.Health;
import identicom.runtime.process.Metrics;
import java.nio.file.Path;
import java.util.Optional;

public final class TokenCheck implements Tokens, AutoCloseable {
    public TokenCheck(Clusters clusters, Path stateFile, Health health, Metrics metrics) {}

    public void start() {}

    @Override
    public Optional<Identity> check(String token) {
        return Optional.empty();
    }

    @Override
    public void close() {}
}
