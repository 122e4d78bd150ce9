package identicom.systemtests.torture;

/** What a schedule found that must not be. */
final class Violation extends Exception {
    private static final long serialVersionUID = 1;

    Violation(String message) {
        super(message);
    }

    Violation(String message, Throwable cause) {
        super(message, cause);
    }
}
