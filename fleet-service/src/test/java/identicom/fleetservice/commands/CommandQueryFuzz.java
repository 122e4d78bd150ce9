package identicom.fleetservice.commands;

import static identicom.fuzzing.Invariants.holds;
import static identicom.fuzzing.Invariants.printable;
import static identicom.fuzzing.Invariants.same;

import identicom.fuzzing.FuzzTarget;
import identicom.runtime.http.AskedRequest;
import identicom.runtime.http.Problem;
import identicom.runtime.http.Request;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;

/** Any query of the list of commands: cursor, or a 400. Input: the raw query. */
public final class CommandQueryFuzz implements FuzzTarget {
    private static final Set<String> KNOWN = Set.of("cursor", "limit");

    @Override
    public void run(byte[] input) {
        String query = new String(input, StandardCharsets.ISO_8859_1);
        try {
            Request request = AskedRequest.of(query, KNOWN);
            request.limit();
            request.cursor().ifPresent(CommandQueryFuzz::cursor);
        } catch (Problem problem) {
            same(400, problem.status(), "status");
            printable(problem.getMessage(), "detail");
        }
    }

    private static void cursor(String text) {
        StoredCommands.Behind behind = CommandsApi.behind(text);
        holds(!behind.createdAt().isBefore(Instant.EPOCH), "before 1970");
        holds(behind.ticket() >= 1 && behind.ticket() <= 0xffff_ffffL, "ticket");
        same(behind, CommandsApi.behind(CommandsApi.cursor(behind.createdAt(), behind.ticket())), "a cursor's text");
    }

    @Override
    public long mostAllocated(int length) {
        return 131_072 + 1_000L * length;
    }
}
