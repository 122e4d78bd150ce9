package identicom.runtime.http;

import static identicom.fuzzing.Invariants.same;

import identicom.fuzzing.FuzzTarget;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Any query of one operation: what it reads of it holds, or it is a 400 that can be written and shows nothing that acts. Input: the raw query. */
public abstract class QueryTarget implements FuzzTarget {
    private final Set<String> known;

    /** @param known the operation's query parameters */
    protected QueryTarget(String... known) {
        this.known = Set.of(known);
    }

    /** Reads the query as the operation does, and checks what came of it. @throws Problem the operation would be refused with it */
    protected abstract void read(Request request);

    /** @param rawQuery as behind the question mark, not decoded */
    protected final Request asked(String rawQuery) {
        return AskedRequest.of(rawQuery, known);
    }

    @Override
    public final void run(byte[] input) throws Exception {
        Answered.soundly(() -> {
            try {
                read(asked(new String(input, StandardCharsets.ISO_8859_1)));
            } catch (Problem problem) {
                same(400, problem.status(), "status");
                throw problem;
            }
        });
    }

    @Override
    public final long mostAllocated(int length) {
        return 131_072 + 1_000L * length;
    }
}
