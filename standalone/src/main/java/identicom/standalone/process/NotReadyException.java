package identicom.standalone.process;

import java.util.List;

/** The clusters or databases are not as this program needs them, or a folder belongs to another one. */
public final class NotReadyException extends Exception {
    private static final long serialVersionUID = 1L;

    public NotReadyException(String what, List<String> problems) {
        super(what + problems.stream().map(problem -> "\n  " + problem).reduce("", String::concat));
    }
}
