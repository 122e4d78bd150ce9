package identicom.standalone.doctor;

/** A cluster did not answer, or refused; the cause says which. */
final class UnansweredException extends Exception {
    private static final long serialVersionUID = 1L;

    UnansweredException(Throwable cause) {
        super(Reason.of(cause), cause);
    }

    boolean isA(Class<? extends Throwable> type) {
        return type.isInstance(getCause());
    }
}
