package identicom.testing;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Something that is made at its first use and shared by all tests of a JVM. Guarded by itself. */
final class Holder<T extends AutoCloseable> {
    private final Supplier<T> maker;
    private @Nullable T held;

    Holder(Supplier<T> maker) {
        this.maker = maker;
    }

    synchronized T get() {
        if (held == null) {
            T made = maker.get();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(made), "shared-test-part-close"));
            held = made;
        }
        return held;
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
