package identicom.standalone.command;

/** A command could not do its work; the message says what was wrong and what to do. */
final class FailedException extends Exception {
    private static final long serialVersionUID = 1L;

    FailedException(String message) {
        super(message);
    }
}
