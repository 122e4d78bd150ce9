package identicom.alertservice.notify;

import org.jspecify.annotations.Nullable;

/** What became of handing a message over. */
public sealed interface Handed {

    /**
     * The next one on the way has it.
     *
     * @param provider which one that was
     * @param messageId what the provider calls it; a receipt names both. Null: there will be no receipt
     */
    record Accepted(String provider, @Nullable String messageId) implements Handed {}

    /** Not now: worth trying again. */
    record Later(String why) implements Handed {}

    /** Nobody needs it any more, so it was not tried again. */
    record Unneeded() implements Handed {}

    /** Not ever: no try will change it. */
    record Never(String why) implements Handed {}
}
