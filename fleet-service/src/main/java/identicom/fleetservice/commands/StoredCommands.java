package identicom.fleetservice.commands;

import com.google.protobuf.ByteString;
import identicom.fleetservice.storage.Outbox;
import identicom.schema.Topic;
import identicom.schema.v1.Command;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Writes and reads {@code fleet.commands}. What stations are to know goes into the outbox in the same transaction. */
public final class StoredCommands {
    /** As many wait for a unit at most; a unit remembers 64 tickets. */
    static final int MOST_WAITING = 16;

    /** A command's row is kept for so long after it was asked for. */
    static final Duration KEPT = Duration.ofDays(90);

    private static final RandomGenerator RANDOM = new SecureRandom();
    private static final long TICKETS = 1L << 32;
    private static final int DELETED_AT_ONCE = 10_000;

    private static final String WAITING = "answered_at is null and cancelled_at is null and expires_at > ?";

    private StoredCommands() {}

    /** Whether a unit of that serial is commissioned; empty: there is none. Its row is locked, so that commands to it are counted one by one. */
    static Optional<Boolean> commissioned(Connection tx, String serial) throws SQLException {
        try (PreparedStatement select =
                tx.prepareStatement("select state from fleet.units where serial = ? for no key update")) {
            select.setString(1, serial);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1).equals("commissioned")) : Optional.empty();
            }
        }
    }

    /** How many commands wait for this unit. */
    static int waiting(Connection tx, String serial, Instant now) throws SQLException {
        try (PreparedStatement count =
                tx.prepareStatement("select count(*) from fleet.commands where serial = ? and " + WAITING)) {
            count.setString(1, serial);
            count.setTimestamp(2, Timestamp.from(now));
            try (ResultSet row = count.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    /** Queues a command and returns its ticket. */
    static long add(Connection tx, String serial, Order order, String requestedBy, Instant now, Instant expiresAt)
            throws SQLException {
        long ticket = 0;
        try (PreparedStatement insert = tx.prepareStatement("""
                insert into fleet.commands (ticket, serial, kind, minutes, message, requested_by, created_at, expires_at)
                values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (ticket) do nothing""")) {
            do {
                ticket = RANDOM.nextLong(1, TICKETS);
                insert.setLong(1, ticket);
                insert.setString(2, serial);
                insert.setString(3, order.kind().word());
                insert.setObject(4, order.minutes(), Types.INTEGER);
                insert.setString(5, order.message());
                insert.setString(6, requestedBy);
                insert.setTimestamp(7, Timestamp.from(now));
                insert.setTimestamp(8, Timestamp.from(expiresAt));
            } while (insert.executeUpdate() == 0);
        }
        tell(
                tx,
                Command.newBuilder()
                        .setSerial(serial)
                        .setTicket((int) ticket)
                        .setOpcode(order.kind().opcode())
                        .setArguments(ByteString.copyFrom(order.bytes()))
                        .setRequestedBy(requestedBy)
                        .setCreatedAtUs(micros(now))
                        .setExpiresAtUs(micros(expiresAt))
                        .build());
        return ticket;
    }

    /** Takes a command back: it is not sent any more. Not one that was answered or taken back, or has expired; whether it was done. */
    static boolean cancel(Connection tx, CommandView command, String by, Instant now) throws SQLException {
        try (PreparedStatement update = tx.prepareStatement(
                "update fleet.commands set cancelled_at = ?, cancelled_by = ? where ticket = ? and " + WAITING)) {
            update.setTimestamp(1, Timestamp.from(now));
            update.setString(2, by);
            update.setLong(3, command.ticket());
            update.setTimestamp(4, Timestamp.from(now));
            if (update.executeUpdate() == 0) {
                return false;
            }
        }
        tell(
                tx,
                Command.newBuilder()
                        .setSerial(command.serial())
                        .setTicket((int) command.ticket())
                        .setCancelled(true)
                        .build());
        return true;
    }

    private static void tell(Connection tx, Command command) throws SQLException {
        Outbox.add(tx, Topic.COMMANDS, List.of(new Outbox.Entry(command.getSerial(), command.toByteArray())));
    }

    static Optional<CommandView> one(Connection connection, long ticket, Instant now) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select * from fleet.commands where ticket = ?")) {
            select.setLong(1, ticket);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(CommandRow.view(row, now)) : Optional.empty();
            }
        }
    }

    /**
     * Where a page of a unit's commands begins: behind this one.
     *
     * @param createdAt of it
     */
    record Behind(Instant createdAt, long ticket) {}

    /** The unit's commands, newest first. */
    static List<CommandView> list(Connection connection, String serial, @Nullable Behind behind, int limit, Instant now)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select * from fleet.commands where serial = ?"
                + (behind == null ? "" : " and (created_at, ticket) < (?, ?)")
                + " order by created_at desc, ticket desc limit ?")) {
            int at = 1;
            select.setString(at++, serial);
            if (behind != null) {
                select.setTimestamp(at++, Timestamp.from(behind.createdAt()));
                select.setLong(at++, behind.ticket());
            }
            select.setInt(at, limit);
            List<CommandView> commands = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    commands.add(CommandRow.view(row, now));
                }
            }
            return commands;
        }
    }

    /** Deletes rows of commands that were asked for 90 days ago, at most 10,000 at a time. */
    public static void expire(Connection tx, Instant now) throws SQLException {
        try (PreparedStatement delete = tx.prepareStatement("""
                delete from fleet.commands where ticket in
                  (select ticket from fleet.commands where created_at < ? order by created_at limit ?)""")) {
            delete.setTimestamp(1, Timestamp.from(now.minus(KEPT)));
            delete.setInt(2, DELETED_AT_ONCE);
            delete.executeUpdate();
        }
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
