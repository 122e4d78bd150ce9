package identicom.receiver.commands;

import static org.assertj.core.api.Assertions.assertThat;

import identicom.schema.v1.Command;
import identicom.schema.v1.CommandOutcome;
import identicom.schema.v1.CommandResult;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class CommandBookTest {
    private static final String UNIT = "MAN-1";

    private boolean caughtUp = true;
    private final CommandBook book = new CommandBook(new CommandSettings(1_000), () -> caughtUp);
    private int offset;

    @Test
    void theOldestIsNextAndWhatWasTriedIsPassedOver() {
        asked(command(9, 20, 100));
        asked(command(5, 10, 100));
        asked(command(-1, 30, 100));
        asked(command(5, 10, 100));
        Set<Integer> tried = new HashSet<>();
        for (int expected : new int[] {5, 9, -1}) {
            assertThat(next(tried, 50)).isEqualTo(expected);
            tried.add(expected);
        }
        assertThat(book.next(UNIT, tried, 50)).isEmpty();
        assertThat(book.next("MAN-2", Set.of(), 50)).isEmpty();
    }

    @Test
    void whatHasExpiredIsNotNext() {
        asked(command(1, 10, 60));
        asked(command(2, 20, 70));
        assertThat(next(Set.of(), 59)).isEqualTo(1);
        assertThat(next(Set.of(), 60)).isEqualTo(2);
        assertThat(book.next(UNIT, Set.of(), 70)).isEmpty();
    }

    @Test
    void whatWasAnsweredOrTakenBackIsOverInWhateverOrderItIsHeard() {
        result(1, CommandOutcome.ANSWERED);
        asked(command(1, 10, 100));
        asked(Command.newBuilder().setSerial(UNIT).setTicket(2).setCancelled(true));
        asked(command(2, 20, 100));
        asked(command(3, 30, 100));
        asked(command(4, 40, 100));
        result(4, CommandOutcome.SENT);
        assertThat(next(Set.of(), 50)).isEqualTo(3);
        result(3, CommandOutcome.ANSWERED);
        assertThat(next(Set.of(), 50))
                .as("sent, and not answered: it is sent again")
                .isEqualTo(4);
        asked(Command.newBuilder().setSerial(UNIT).setTicket(4).setCancelled(true));
        assertThat(book.next(UNIT, Set.of(), 50)).isEmpty();
    }

    @Test
    void noneIsSentBeforeBothTopicsAreRead() {
        asked(command(1, 10, 100));
        caughtUp = false;
        assertThat(book.next(UNIT, Set.of(), 50)).isEmpty();
    }

    @Test
    void whatCannotBeACommandIsLeftOut() {
        asked(command(1, 10, 100).setOpcode(0));
        asked(command(2, 10, 100).setOpcode(0x10));
        asked(command(3, 10, 100).setArguments(com.google.protobuf.ByteString.copyFrom(new byte[116])));
        book.command(new ConsumerRecord<>("commands", 0, 7, new byte[0], new byte[] {1, 2, 3}));
        book.command(new ConsumerRecord<>("commands", 0, 8, new byte[0], null));
        book.result(new ConsumerRecord<>("results", 0, 9, new byte[0], new byte[] {1, 2, 3}));
        assertThat(book.next(UNIT, Set.of(), 50)).isEmpty();
        asked(command(4, 10, 100));
        assertThat(next(Set.of(), 50)).isEqualTo(4);
    }

    private int next(Set<Integer> tried, long nowUs) {
        return book.next(UNIT, tried, nowUs).orElseThrow().getTicket();
    }

    private static Command.Builder command(int ticket, long createdUs, long expiresUs) {
        return Command.newBuilder()
                .setSerial(UNIT)
                .setTicket(ticket)
                .setOpcode(2)
                .setCreatedAtUs(createdUs)
                .setExpiresAtUs(expiresUs);
    }

    private void asked(Command.Builder command) {
        book.command(new ConsumerRecord<>(
                "commands", 0, offset++, new byte[0], command.build().toByteArray()));
    }

    private void result(int ticket, CommandOutcome outcome) {
        byte[] value = CommandResult.newBuilder()
                .setSerial(UNIT)
                .setTicket(ticket)
                .setOutcome(outcome)
                .build()
                .toByteArray();
        book.result(new ConsumerRecord<>("results", 0, offset++, new byte[0], value));
    }
}
