package identicom.runtime.kafka;

/** What was to be stored could not be for now; the same will be tried again. */
public final class RetriableStorageException extends RuntimeException {
    public RetriableStorageException(String message) {
        super(message);
    }

    public RetriableStorageException(String message, Throwable cause) {
        super(message, cause);
    }
}
