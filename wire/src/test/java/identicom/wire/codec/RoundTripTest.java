package identicom.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;

import identicom.wire.Peer;
import identicom.wire.frame.Direction;
import identicom.wire.message.Message;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RoundTripTest {
    private static final long SEED = 20260101;

    @ParameterizedTest
    @EnumSource
    void everyMessageComesBackFromItsBytesInWhateverPieces(Direction direction) {
        Random random = new Random(SEED);
        for (int round = 0; round < 300; round++) {
            List<Message> sent = Stream.generate(() -> RandomMessages.message(random, direction))
                    .limit(1 + random.nextInt(10))
                    .toList();
            ByteBuf out = Unpooled.buffer();
            sent.forEach(message -> MessageEncoder.encode(message, out));

            Peer peer = new Peer(direction).readInPieces(ByteBufUtil.getBytes(out), 1 + random.nextInt(3000));

            assertThat(peer.faults()).isEmpty();
            assertThat(peer.received()).isEqualTo(sent);
            peer.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void lengthIsKnownBeforeTheMessageIsWritten(Direction direction) {
        Random random = new Random(SEED);
        for (int round = 0; round < 2000; round++) {
            Message message = RandomMessages.message(random, direction);
            byte[] data = MessageEncoder.data(message);

            assertThat(data).hasSize(MessageEncoder.dataLength(message)).hasSizeLessThanOrEqualTo(direction.maxData());
            assertThat(MessageType.of(message).direction()).isEqualTo(direction);
            assertThat(MessageType.of(message).fits(data.length)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void thePipelineWritesTheEncodersBytes(Direction direction) {
        Random random = new Random(SEED);
        Peer peer = new Peer(direction);
        for (int round = 0; round < 200; round++) {
            Message message = RandomMessages.message(random, direction);
            peer.channel().writeOutbound(message);
            ByteBuf written = peer.channel().readOutbound();
            assertThat(ByteBufUtil.getBytes(written)).isEqualTo(MessageEncoder.frame(message));
            written.release();
        }
        peer.close();
    }

    @ParameterizedTest
    @EnumSource
    void randomBytesEndInMessagesOrOneNamedFault(Direction direction) {
        Random random = new Random(SEED);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = RandomMessages.nearlyAFrame(random);
            Peer peer = new Peer(direction).read(bytes);
            assertThat(peer.faults()).hasSizeLessThanOrEqualTo(1);
            peer.close();
        }
    }
}
