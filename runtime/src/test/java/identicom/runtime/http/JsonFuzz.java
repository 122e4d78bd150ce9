package identicom.runtime.http;

import static identicom.fuzzing.Invariants.same;

import identicom.fuzzing.FuzzTarget;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Any body: what was read can be written, and read again it is the same; or a 400. Input: the body. */
final class JsonFuzz implements FuzzTarget {
    private enum Kind {
        ONE,
        TWO
    }

    private record Body(
            @Nullable String text,
            @Nullable Integer number,
            @Nullable Boolean flag,
            @Nullable Kind kind,
            @Nullable Instant at,
            @Nullable List<String> list,
            @Nullable Map<String, Body> more) {}

    @Override
    public void run(byte[] input) throws Exception {
        Answered.soundly(() -> {
            Body body = JsonBody.read(input, Body.class);
            byte[] written = Json.mapper().writeValueAsBytes(body);
            same(body, JsonBody.read(written, Body.class), "read, written and read");
        });
    }

    @Override
    public long mostAllocated(int length) {
        return 262_144 + 4_000L * length;
    }
}
