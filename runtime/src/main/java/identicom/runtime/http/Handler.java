package identicom.runtime.http;

/** Answers one operation. Called in a virtual thread of the request's own; it may block. */
@FunctionalInterface
public interface Handler {
    /** @throws Problem to answer with it; of other exceptions a database's absence becomes 503 and anything else 500 */
    void handle(Request request, Response response) throws Exception;
}
