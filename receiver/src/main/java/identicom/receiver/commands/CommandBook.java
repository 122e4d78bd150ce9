package identicom.receiver.commands;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.protobuf.InvalidProtocolBufferException;
import identicom.schema.v1.Command;
import identicom.schema.v1.CommandOutcome;
import identicom.schema.v1.CommandResult;
import identicom.wire.codec.Instructions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The commands that wait for units, by {@code identicom.commands}, less those that are over, by {@code identicom.command-results}: answered,
 * or taken back. Any thread.
 *
 * <p>Bounded: beyond it the commands of some units fall out and are not sent by this station. A command that
 * is over and is not known to be so, because its result stands behind it in the other topic or fell out, is sent again: its unit repeats
 * the answer. Until both topics were read to where they ended when the station started, none is sent.
 */
public final class CommandBook implements Waiting {
    /** How far back the topics are to be read: no command waits for longer than seven days. */
    public static final Duration SPAN = Duration.ofDays(8);

    private static final Logger LOG = LoggerFactory.getLogger(CommandBook.class);
    private static final Comparator<Command> IN_ORDER = Comparator.comparingLong(Command::getCreatedAtUs)
            .thenComparing(Command::getTicket, Integer::compareUnsigned);

    /** Lists are replaced, never changed. */
    private final Cache<String, List<Command>> waiting;

    private final Cache<Integer, Boolean> over;
    private final BooleanSupplier caughtUp;

    /** @param caughtUp whether both topics were read to where they ended when the station started */
    public CommandBook(CommandSettings settings, BooleanSupplier caughtUp) {
        this.caughtUp = caughtUp;
        this.waiting = Caffeine.newBuilder()
                .maximumWeight(settings.maxWaiting())
                .weigher((String serial, List<Command> commands) -> commands.size())
                .expireAfterWrite(SPAN)
                .build();
        this.over = Caffeine.newBuilder()
                .maximumSize(settings.maxWaiting())
                .expireAfterWrite(SPAN)
                .build();
    }

    /** A record of {@code identicom.commands} was read. */
    public void command(ConsumerRecord<byte[], byte[]> record) {
        try {
            Command command = Command.parseFrom(bytes(record));
            if (command.getCancelled()) {
                over(command.getSerial(), command.getTicket());
            } else if (!canBeSent(command)) {
                LOG.warn("A command that cannot be one at {}: left out", place(record));
            } else {
                add(command);
            }
        } catch (InvalidProtocolBufferException e) {
            LOG.warn("No command at {}: left out", place(record));
        }
    }

    /** A record of {@code identicom.command-results} was read. */
    public void result(ConsumerRecord<byte[], byte[]> record) {
        try {
            CommandResult result = CommandResult.parseFrom(bytes(record));
            if (result.getOutcome() == CommandOutcome.ANSWERED) {
                over(result.getSerial(), result.getTicket());
            }
        } catch (InvalidProtocolBufferException e) {
            LOG.warn("No command's result at {}: left out", place(record));
        }
    }

    /** People ask for these; firmware is not among them (docs/protocol.md, section 2.5). */
    private static boolean canBeSent(Command command) {
        return command.getOpcode() >= Instructions.SET_CHECK_IN_INTERVAL
                && command.getOpcode() <= Instructions.SET_CLOCK
                && command.getArguments().size() <= identicom.wire.message.Command.MAX_ARGUMENTS;
    }

    private static byte[] bytes(ConsumerRecord<byte[], byte[]> record) {
        return record.value() == null ? new byte[0] : record.value();
    }

    private static String place(ConsumerRecord<byte[], byte[]> record) {
        return "partition " + record.partition() + " offset " + record.offset();
    }

    private void add(Command command) {
        waiting.asMap().compute(command.getSerial(), (serial, known) -> {
            List<Command> commands = known == null ? List.of() : known;
            boolean old = over.getIfPresent(command.getTicket()) != null
                    || commands.stream().anyMatch(one -> one.getTicket() == command.getTicket());
            return old ? known : with(commands, command);
        });
    }

    private static List<Command> with(List<Command> commands, Command added) {
        List<Command> all = new ArrayList<>(commands);
        all.removeIf(command -> command.getExpiresAtUs() <= added.getCreatedAtUs());
        all.add(added);
        all.sort(IN_ORDER);
        return List.copyOf(all);
    }

    private void over(String serial, int ticket) {
        over.put(ticket, true);
        waiting.asMap().computeIfPresent(serial, (same, commands) -> {
            List<Command> left = commands.stream()
                    .filter(command -> command.getTicket() != ticket)
                    .toList();
            return left.isEmpty() ? null : left;
        });
    }

    @Override
    public Optional<Command> next(String serial, Set<Integer> tried, long nowUs) {
        List<Command> commands = caughtUp.getAsBoolean() ? waiting.getIfPresent(serial) : null;
        if (commands == null) {
            return Optional.empty();
        }
        return commands.stream()
                .filter(command -> command.getExpiresAtUs() > nowUs && !tried.contains(command.getTicket()))
                .findFirst();
    }
}
