package identicom.runtime.http;

import static identicom.fuzzing.Invariants.holds;

import identicom.fuzzing.FuzzTarget;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;

/** Any query: each parameter is what it says or a 400 that can be written and shows nothing that acts. Input: the raw query. */
final class QueryFuzz implements FuzzTarget {
    private static final Set<String> KNOWN = Set.of("serial", "from", "limit", "cursor");
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

    @Override
    public void run(byte[] input) throws Exception {
        String query = new String(input, StandardCharsets.ISO_8859_1);
        Answered.soundly(() -> {
            Request request = AskedRequest.of(query, KNOWN);
            request.query("serial").ifPresent(text -> holds(text.indexOf('\0') < 0, "U+0000 in a value"));
            request.cursor();
        });
        Answered.soundly(() -> AskedRequest.of(query, KNOWN)
                .instant("from")
                .ifPresent(time -> holds(!time.isBefore(FIRST) && time.isBefore(END), "a time that nothing can keep")));
        Answered.soundly(() -> {
            int limit = AskedRequest.of(query, KNOWN).limit();
            holds(limit >= 1 && limit <= 1_000, "limit " + limit);
        });
    }

    @Override
    public long mostAllocated(int length) {
        return 131_072 + 1_000L * length;
    }
}
