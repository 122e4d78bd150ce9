package identicom.receiver.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import identicom.schema.v1.Command;
import identicom.schema.v1.CommandOutcome;
import identicom.schema.v1.CommandResult;
import identicom.wire.message.EventLog;
import identicom.wire.message.Identification;
import identicom.wire.message.Octets;
import identicom.wire.message.ReadEventLog;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** Step 6 over a real socket. */
class SessionCommandsTest {
    private static final Identification UNIT = new Identification("A-1", "1.0");
    private static final EventLog NOTHING = new EventLog(0, false, 7, List.of());

    @Test
    void whatIsSentAndAnsweredIsToldAndTheClockIsTheStations() throws Exception {
        try (FakeStation station = new FakeStation();
                RawUnit unit = new RawUnit(station.port())) {
            command(station, 1, 5);
            command(station, -2, 2);
            unit.send(UNIT);
            assertThat(unit.next()).isEqualTo(new ReadEventLog(0));
            unit.send(NOTHING);
            Instant before = Instant.now();
            var clock = (identicom.wire.message.Command) unit.next();
            assertThat(clock.ticket()).isEqualTo(1);
            long set = Integer.toUnsignedLong(clock.arguments()
                    .asByteBuffer()
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .getInt());
            assertThat(set).isBetween(before.getEpochSecond() - 1, Instant.now().getEpochSecond());
            unit.send(new identicom.wire.message.CommandResult(1, 0, Octets.of(u32(9))));
            assertThat(unit.next()).isEqualTo(new identicom.wire.message.Command(0xffff_fffeL, 2, Octets.EMPTY));
            unit.send(new identicom.wire.message.CommandResult(0xffff_fffeL, 4, Octets.EMPTY));
            assertThat(unit.next()).isEqualTo(new ReadEventLog(0));
            unit.send(NOTHING);
            await().until(() -> station.commandResults.size() == 4);
            assertThat(station.commandResults)
                    .extracting(CommandResult::getTicket)
                    .containsExactly(1, 1, -2, -2);
            assertThat(station.commandResults)
                    .extracting(CommandResult::getOutcome)
                    .containsExactly(
                            CommandOutcome.SENT, CommandOutcome.ANSWERED, CommandOutcome.SENT, CommandOutcome.ANSWERED);
            CommandResult done = station.commandResults.get(1);
            assertThat(done.getResult().toByteArray()).isEqualTo(u32(9));
            assertThat(done.getSerial()).isEqualTo("A-1");
            assertThat(done.getStation()).isEqualTo("station-a");
            assertThat(station.commandResults.get(3).getStatus()).isEqualTo(4);
        }
    }

    private static byte[] u32(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }

    private static void command(FakeStation station, int ticket, int opcode) {
        byte[] value = Command.newBuilder()
                .setSerial("A-1")
                .setTicket(ticket)
                .setOpcode(opcode)
                .setExpiresAtUs(Long.MAX_VALUE)
                .build()
                .toByteArray();
        station.commands.command(new ConsumerRecord<>("commands", 0, ticket & 7, new byte[0], value));
    }
}
