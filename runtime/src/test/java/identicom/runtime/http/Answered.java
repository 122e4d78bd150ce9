package identicom.runtime.http;

import static identicom.fuzzing.Invariants.holds;
import static identicom.fuzzing.Invariants.printable;

/** What is asked is answered: by what it does, or by a problem that the asker has made and can be told of. */
final class Answered {
    @FunctionalInterface
    interface Asking {
        void run() throws Exception;
    }

    private Answered() {}

    static void soundly(Asking asking) throws Exception {
        try {
            asking.run();
        } catch (Problem problem) {
            holds(problem.status() >= 400 && problem.status() < 500, "answered with " + problem.status());
            printable(problem.getMessage(), "detail");
            printable(Json.mapper().writeValueAsString(problem.members()), "problem");
            Json.mapper().writeValueAsBytes(problem.members());
        }
    }
}
