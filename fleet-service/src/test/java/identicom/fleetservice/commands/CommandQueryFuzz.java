package identicom.fleetservice.commands;

import static identicom.fuzzing.Invariants.holds;
import static identicom.fuzzing.Invariants.same;

import identicom.runtime.http.QueryTarget;
import identicom.runtime.http.Request;
import java.time.Instant;

/** Any query of the list of commands: cursor, or a 400. */
public final class CommandQueryFuzz extends QueryTarget {
    public CommandQueryFuzz() {
        super("cursor", "limit");
    }

    @Override
    protected void read(Request request) {
        request.limit();
        request.cursor().ifPresent(CommandQueryFuzz::cursor);
    }

    private static void cursor(String text) {
        StoredCommands.Behind behind = CommandsApi.behind(text);
        holds(!behind.createdAt().isBefore(Instant.EPOCH), "before 1970");
        holds(behind.ticket() >= 1 && behind.ticket() <= 0xffff_ffffL, "ticket");
        same(behind, CommandsApi.behind(CommandsApi.cursor(behind.createdAt(), behind.ticket())), "a cursor's text");
    }
}
