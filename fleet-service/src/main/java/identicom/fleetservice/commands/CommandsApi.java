package identicom.fleetservice.commands;

import identicom.fleetservice.audit.Actor;
import identicom.fleetservice.audit.AuditTrail;
import identicom.fleetservice.storage.Transactions;
import identicom.fleetservice.units.InvalidField;
import identicom.fleetservice.units.UnitsApi;
import identicom.runtime.http.Api;
import identicom.runtime.http.Page;
import identicom.runtime.http.Problem;
import identicom.runtime.http.Request;
import identicom.runtime.http.Response;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Commands to units over HTTP: asked for, looked at, taken back. */
public final class CommandsApi {
    private static final int DAY_S = 86_400;
    private static final int LEAST_EXPIRY_S = 60;
    private static final int MOST_EXPIRY_S = 7 * DAY_S;
    private static final long MOST_TICKET = (1L << 32) - 1;

    private final Transactions transactions;
    private final Clock clock;

    private record Body(
            @Nullable String command,
            @Nullable Map<String, Object> arguments,
            @Nullable Integer expiresInSeconds) {}

    public CommandsApi(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    public void bind(Api api) {
        api.bind("commandUnit", this::queue)
                .bind("listCommands", this::list)
                .bind("getCommand", this::one)
                .bind("cancelCommand", this::cancel);
    }

    private void queue(Request request, Response response) throws SQLException {
        Body body = request.json(Body.class);
        String serial = UnitsApi.serial(request);
        Order order;
        try {
            order = Order.of(body.command(), body.arguments());
        } catch (InvalidField e) {
            throw e.problem();
        }
        Instant now = now();
        Instant expiresAt = now.plusSeconds(expiry(body.expiresInSeconds()));
        Actor actor = Actor.of(request);
        CommandView queued = transactions.write(tx -> {
            requireRoom(tx, serial, now);
            long ticket = StoredCommands.add(tx, serial, order, actor.user(), now, expiresAt);
            AuditTrail.add(tx, now, actor, "unit.command", serial, detail(order, ticket, expiresAt));
            return StoredCommands.one(tx, ticket, now).orElseThrow();
        });
        response.json(202, queued);
    }

    private static void requireRoom(Connection tx, String serial, Instant now) throws SQLException {
        boolean commissioned =
                StoredCommands.commissioned(tx, serial).orElseThrow(() -> Problem.notFound("unit " + serial));
        if (!commissioned) {
            throw Problem.conflict(
                    "Unit " + serial + " is decommissioned: no station serves it",
                    Map.of("expected", "a commissioned unit"));
        }
        int waiting = StoredCommands.waiting(tx, serial, now);
        if (waiting >= StoredCommands.MOST_WAITING) {
            throw Problem.conflict(
                    waiting + " commands wait for unit " + serial + " already",
                    Map.of("expected", "fewer than " + StoredCommands.MOST_WAITING + "; cancel one, or wait for it"));
        }
    }

    private static Map<String, String> detail(Order order, long ticket, Instant expiresAt) {
        Map<String, String> detail = new TreeMap<>();
        detail.put("command", order.kind().word());
        detail.put("ticket", Long.toString(ticket));
        detail.put("expiresAt", expiresAt.toString());
        order.arguments().forEach((name, value) -> detail.put(name, value.toString()));
        return detail;
    }

    private void one(Request request, Response response) throws SQLException {
        long ticket = ticket(request);
        response.json(200, transactions.read(connection -> found(connection, ticket)));
    }

    private CommandView found(Connection connection, long ticket) throws SQLException {
        return StoredCommands.one(connection, ticket, now()).orElseThrow(() -> Problem.notFound("command " + ticket));
    }

    private void cancel(Request request, Response response) throws SQLException {
        long ticket = ticket(request);
        Actor actor = Actor.of(request);
        CommandView cancelled = transactions.write(tx -> {
            Instant now = now();
            CommandView command = found(tx, ticket);
            if (!StoredCommands.cancel(tx, command, actor.user(), now)) {
                CommandView present = found(tx, ticket);
                throw Problem.conflict(
                        "Command " + ticket + " is " + present.state(),
                        Map.of("expected", "a command that waits or is unanswered", "state", present.state()));
            }
            AuditTrail.add(
                    tx, now, actor, "unit.command-cancel", command.serial(), Map.of("ticket", Long.toString(ticket)));
            return found(tx, ticket);
        });
        response.json(200, cancelled);
    }

    private void list(Request request, Response response) throws SQLException {
        String serial = UnitsApi.serial(request);
        int limit = request.limit();
        StoredCommands.Behind behind = request.cursor().map(CommandsApi::behind).orElse(null);
        List<CommandView> commands =
                transactions.read(connection -> StoredCommands.list(connection, serial, behind, limit + 1, now()));
        boolean more = commands.size() > limit;
        List<CommandView> page = more ? commands.subList(0, limit) : commands;
        response.json(
                200,
                new Page<>(
                        page,
                        more ? cursor(page.getLast().createdAt(), page.getLast().ticket()) : null));
    }

    private static long ticket(Request request) {
        String was = request.path("ticket");
        try {
            long ticket = Long.parseLong(was);
            if (ticket >= 1 && ticket <= MOST_TICKET) {
                return ticket;
            }
        } catch (NumberFormatException e) {
            // Answered below with what was expected.
        }
        throw Problem.badRequest("ticket", was, "a whole number 1.." + MOST_TICKET);
    }

    private static int expiry(@Nullable Integer was) {
        int seconds = was == null ? DAY_S : was;
        if (seconds < LEAST_EXPIRY_S || seconds > MOST_EXPIRY_S) {
            throw Problem.badRequest(
                    "expiresInSeconds",
                    Integer.toString(seconds),
                    LEAST_EXPIRY_S + ".." + MOST_EXPIRY_S + ", by default " + DAY_S);
        }
        return seconds;
    }

    /** What the database keeps of it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    static String cursor(Instant createdAt, long ticket) {
        String text = ChronoUnit.MICROS.between(Instant.EPOCH, createdAt) + "-" + ticket;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    static StoredCommands.Behind behind(String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
            int dash = text.indexOf('-');
            long createdUs = Long.parseLong(text.substring(0, Math.max(dash, 0)));
            long ticket = Long.parseLong(text.substring(dash + 1));
            if (createdUs >= 0 && ticket >= 1 && ticket <= MOST_TICKET) {
                return new StoredCommands.Behind(
                        Request.writable("cursor", Instant.EPOCH.plus(createdUs, ChronoUnit.MICROS)), ticket);
            }
        } catch (IllegalArgumentException e) {
            // Answered below with what was expected.
        }
        throw Problem.badCursor(cursor);
    }
}
