package identicom.alertservice.notify;

import java.util.function.BooleanSupplier;

/** A way to tell a person or a system. Several threads call {@link #send} at once. */
public interface Channel extends AutoCloseable {

    /** As policies name it: {@code sms}, {@code mail} or {@code webhook}. */
    String name();

    /** Whether it is configured at all. */
    boolean available();

    /** Begins what it does by itself, once, before the first message. */
    default void start() {}

    /** Blocks for at most its own timeouts. Whatever goes wrong is an answer, never an exception. */
    Handed send(Message message) throws InterruptedException;

    /** The same. @param stillNeeded asked before a second way is tried, after the first one has not answered */
    default Handed send(Message message, BooleanSupplier stillNeeded) throws InterruptedException {
        return send(message);
    }

    @Override
    void close();
}
