package identicom.receiver.whitelist;

import identicom.receiver.metrics.ReceiverMetrics;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** A whitelist without threads and without a list on disk: whoever simulates the database answers its look-ups. */
public final class HandRunWhitelist {
    private HandRunWhitelist() {}

    public static Whitelist of(
            WhitelistSettings settings,
            Function<String, CompletableFuture<Optional<Known>>> database,
            BooleanSupplier current,
            ReceiverMetrics metrics,
            LongSupplier nowUs,
            LongSupplier nanoTime) {
        Lookups lookups = new Lookups() {
            @Override
            public CompletableFuture<Optional<Known>> find(String serial) {
                return database.apply(serial);
            }

            @Override
            public void close() {}
        };
        return new Whitelist(settings, lookups, Path.of("no-list"), current, metrics, nowUs, nanoTime);
    }
}
