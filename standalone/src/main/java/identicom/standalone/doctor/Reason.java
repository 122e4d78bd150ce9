package identicom.standalone.doctor;

import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Why something failed, in few words. */
final class Reason {
    private Reason() {}

    /** The innermost cause that says something. */
    static String of(Throwable thrown) {
        Throwable told = thrown;
        while (told.getCause() != null && (isWrapping(told) || told.getMessage() == null)) {
            told = told.getCause();
        }
        String message = told.getMessage();
        String name = told.getClass().getSimpleName();
        if (message == null) {
            return name;
        }
        return told instanceof IOException ? message : name + ": " + message;
    }

    private static boolean isWrapping(Throwable thrown) {
        return thrown instanceof ExecutionException || thrown instanceof CompletionException;
    }
}
