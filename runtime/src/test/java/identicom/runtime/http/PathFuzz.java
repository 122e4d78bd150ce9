package identicom.runtime.http;

import static identicom.fuzzing.Invariants.holds;

import identicom.fuzzing.FuzzTarget;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** Any path: an operation of which every variable has a value, or 400, 404, 405. Input: the raw path. */
final class PathFuzz implements FuzzTarget {
    private final Router router = new Router(List.of(
            operation("/api/v1/things/{id}"), operation("/api/v1/things"), operation("/api/v1/{kind}/{id}/notes")));

    private static Operation operation(String path) {
        return new Operation(
                path, "GET", Router.segments(path), Set.of(), true, Set.of(), Set.of(), (asked, answer) -> {});
    }

    @Override
    public void run(byte[] input) throws Exception {
        String path = new String(input, StandardCharsets.ISO_8859_1);
        Answered.soundly(() -> router.find("GET", path)
                .variables()
                .values()
                .forEach(value -> holds(!value.isEmpty() && value.indexOf('\0') < 0, "variable " + value)));
    }

    @Override
    public long mostAllocated(int length) {
        return 65_536 + 500L * length;
    }
}
