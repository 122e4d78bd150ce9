package identicom.receiver.whitelist;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Looks units up without blocking. Any thread. */
interface Lookups extends AutoCloseable {
    /** The unit with this serial, or nothing where there is none; fails within a time limit where nobody can be asked. */
    CompletableFuture<Optional<Known>> find(String serial);

    @Override
    void close();
}
