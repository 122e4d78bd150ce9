package identicom.fleetservice.commands;

import com.google.protobuf.InvalidProtocolBufferException;
import identicom.fleetservice.storage.Transactions;
import identicom.fleetservice.units.InvalidField;
import identicom.fleetservice.units.UnitRules;
import identicom.runtime.kafka.PoisonException;
import identicom.schema.v1.CommandOutcome;
import identicom.schema.v1.CommandResult;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What stations tell of commands, written to their rows: a batch of records becomes one transaction. A result of a command that is not
 * there, or of another serial, changes nothing. The first answer of a ticket counts: a unit repeats it.
 */
public final class CommandResults {
    private static final String SENT = """
            update fleet.commands set sent_at = greatest(sent_at, ?), station = ?
            where ticket = ? and serial = ? and answered_at is null""";
    private static final String ANSWERED = """
            update fleet.commands
            set sent_at = coalesce(sent_at, ?), station = ?, answered_at = ?, status = ?, result = ?
            where ticket = ? and serial = ? and answered_at is null""";

    private static final int BYTE_MAX = 255;
    private static final long END_US =
            ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse("+10000-01-01T00:00:00Z"));

    private final Transactions transactions;

    public CommandResults(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Takes records of {@code identicom.command-results}. */
    public void results(List<ConsumerRecord<byte[], byte[]>> records) throws PoisonException, SQLException {
        List<CommandResult> results = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            results.add(result(record));
        }
        results.sort(Comparator.comparing(CommandResult::getTicket)); // two instances never wait for each other
        transactions.write(tx -> {
            try (PreparedStatement sent = tx.prepareStatement(SENT);
                    PreparedStatement answered = tx.prepareStatement(ANSWERED)) {
                for (CommandResult result : results) {
                    if (result.getOutcome() == CommandOutcome.ANSWERED) {
                        answer(answered, result);
                    } else if (result.getOutcome() == CommandOutcome.SENT) {
                        send(sent, result);
                    }
                }
            }
            return true;
        });
    }

    private static void send(PreparedStatement update, CommandResult result) throws SQLException {
        update.setTimestamp(1, at(result));
        update.setString(2, result.getStation());
        update.setLong(3, Integer.toUnsignedLong(result.getTicket()));
        update.setString(4, result.getSerial());
        update.executeUpdate();
    }

    private static void answer(PreparedStatement update, CommandResult result) throws SQLException {
        update.setTimestamp(1, at(result));
        update.setString(2, result.getStation());
        update.setTimestamp(3, at(result));
        update.setInt(4, result.getStatus());
        update.setBytes(5, result.getResult().toByteArray());
        update.setLong(6, Integer.toUnsignedLong(result.getTicket()));
        update.setString(7, result.getSerial());
        update.executeUpdate();
    }

    private static Timestamp at(CommandResult result) {
        return Timestamp.from(Instant.EPOCH.plus(result.getAtUs(), ChronoUnit.MICROS));
    }

    /** A record that the table cannot keep would be tried for ever. */
    private static void require(ConsumerRecord<byte[], byte[]> record, boolean kept, String otherwise)
            throws PoisonException {
        if (!kept) {
            throw new PoisonException(record, otherwise);
        }
    }

    private static CommandResult result(ConsumerRecord<byte[], byte[]> record) throws PoisonException {
        if (record.value() == null) {
            throw new PoisonException(record, "no value");
        }
        try {
            CommandResult result = CommandResult.parseFrom(record.value());
            UnitRules.serial(result.getSerial());
            require(record, result.getStatus() >= 0 && result.getStatus() <= BYTE_MAX, "a status that is no byte");
            require(record, result.getAtUs() >= 0 && result.getAtUs() < END_US, "a time that is no station's");
            require(record, result.getStation().indexOf('\0') < 0, "a station's name with NUL in it");
            return result;
        } catch (InvalidField e) {
            throw new PoisonException(record, e.getMessage());
        } catch (InvalidProtocolBufferException e) {
            throw new PoisonException(record, "not a CommandResult: " + e.getMessage());
        }
    }
}
