package identicom.wire.frame;

import static org.assertj.core.api.Assertions.assertThat;

import identicom.wire.Peer;
import identicom.wire.codec.MessageEncoder;
import identicom.wire.fault.Fault;
import identicom.wire.fault.FaultException;
import identicom.wire.message.EventLogDeleted;
import identicom.wire.message.Octets;
import identicom.wire.message.PictureBlock;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FrameDecoderTest {
    @Test
    void takesAThousandFramesInOneSegment() {
        ByteBuf segment = Unpooled.buffer();
        List<Object> sent = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            sent.add(new PictureBlock(i, i, Octets.of(new byte[1018])));
            MessageEncoder.encode((PictureBlock) sent.getLast(), segment);
        }
        byte[] bytes = Arrays.copyOf(segment.array(), segment.readableBytes());

        Peer peer = new Peer(Direction.FROM_UNIT).read(bytes);

        assertThat(bytes.length).isGreaterThan(1000 * 1024);
        assertThat(peer.received()).isEqualTo(sent);
        assertThat(peer.faults()).isEmpty();
        peer.close();
    }

    @Test
    void handsOnASliceOfTheSegmentWhereNothingWasStuffed() throws FaultException {
        ByteBuf segment = Unpooled.directBuffer().writeBytes(new byte[] {0x1e, (byte) 0x84, 1, 2, 3, 4, 5, 0x1e});
        List<Frame> frames = new ArrayList<>();

        new FrameReader(Direction.FROM_UNIT).read(segment, ByteBufAllocator.DEFAULT, frames::add);
        segment.setByte(4, 0x77);

        assertThat(frames.getFirst().content().getByte(2)).isEqualTo((byte) 0x77);
        assertThat(segment.refCnt()).isEqualTo(2);
        frames.forEach(Frame::release);
        segment.release();
        assertThat(segment.refCnt()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void takesAsMuchDataAsTheDirectionAllowsInEveryFrame(Direction direction) throws FaultException {
        byte[] frame = frameOf(direction.maxData());
        ByteBuf twice = Unpooled.wrappedBuffer(frame, frame);
        List<Integer> lengths = new ArrayList<>();

        new FrameReader(direction).read(twice, ByteBufAllocator.DEFAULT, f -> {
            lengths.add(f.content().readableBytes());
            f.release();
        });

        assertThat(lengths).containsExactly(direction.maxData(), direction.maxData());
    }

    @ParameterizedTest
    @EnumSource
    void refusesTheByteThatPassesTheLimitBeforeTheFrameEnds(Direction direction) {
        byte[] frame = frameOf(direction.maxData() + 1);
        int passing = direction.maxData() + 2;
        Peer before = new Peer(direction).readInPieces(Arrays.copyOf(frame, passing), 5);
        Peer after = new Peer(direction).readInPieces(Arrays.copyOf(frame, passing + 1), 5);

        assertThat(before.faults()).isEmpty();
        assertThat(after.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.fault()).isEqualTo(Fault.FRAME_TOO_LONG);
            assertThat(fault.position()).isEqualTo(passing);
        });
        assertThat(after.held()).isZero();
        before.close();
        after.close();
    }

    @ParameterizedTest
    @EnumSource
    void holdsNoMoreThanTheLimitOfAFrameThatDoesNotEnd(Direction direction) {
        Peer peer = new Peer(direction);
        byte[] frame = frameOf(direction.maxData());
        for (int i = 0; i < frame.length - 1; i++) {
            peer.read(frame, i, i + 1);
            assertThat(peer.held()).isLessThanOrEqualTo(direction.maxData());
        }
        peer.close();
    }

    @Test
    void holdsNothingBetweenFrames() {
        Peer peer = new Peer(Direction.FROM_UNIT).readInPieces(MessageEncoder.frame(new EventLogDeleted(0x1e1d)), 1);

        assertThat(peer.received()).containsExactly(new EventLogDeleted(0x1e1d));
        assertThat(peer.held()).isZero();
        peer.close();
    }

    @Test
    void endlessLineFillIsNeitherAFaultNorKept() {
        byte[] fill = new byte[100_000];
        Arrays.fill(fill, ControlBytes.FRAME);
        Peer peer = new Peer(Direction.FROM_UNIT).readInPieces(fill, 1400);

        assertThat(peer.held()).isZero();
        peer.read(MessageEncoder.frame(new EventLogDeleted(7)), 1, 7);
        assertThat(peer.received()).containsExactly(new EventLogDeleted(7));
        peer.close();
    }

    @Test
    void releasesWhatItGatheredWhenItIsTakenOutOfThePipeline() {
        Peer peer = new Peer(Direction.FROM_UNIT).read(frameOf(500), 0, 300);

        assertThat(peer.held()).isPositive();
        peer.channel().pipeline().remove(FrameDecoder.class);
        assertThat(peer.held()).isZero();
        peer.close();
    }

    @Test
    void dropsEveryByteAfterAFault() {
        Peer peer = new Peer(Direction.FROM_UNIT).read(new byte[] {0}).readInPieces(frameOf(5), 1);

        assertThat(peer.received()).isEmpty();
        assertThat(peer.faults()).hasSize(1);
        peer.close();
    }

    @Test
    void aFaultHasNoStackTrace() {
        Peer peer = new Peer(Direction.FROM_UNIT).read(new byte[] {'G'});

        assertThat(peer.faults().getFirst().getStackTrace()).isEmpty();
        assertThat(peer.faults().getFirst()).hasMessage("no frame start at byte 0: byte 47 (expected: 1e)");
        peer.close();
    }

    @Test
    void asksForMoreBytesWhenAPieceHeldNoWholeFrame() {
        List<String> asked = new ArrayList<>();
        EmbeddedChannel channel = new EmbeddedChannel(new ReadRecorder(asked), new FrameDecoder(Direction.FROM_UNIT));
        channel.config().setAutoRead(false);
        asked.clear();

        channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {0x1e, 0x00}));
        assertThat(asked).hasSize(1);
        channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {0x1e}));
        assertThat(asked).hasSize(1);
        channel.finishAndReleaseAll();
    }

    @Test
    void findsTheFirstControlByteWhereverItStands() {
        for (int length = 0; length < 40; length++) {
            for (int at = 0; at < length; at++) {
                byte[] bytes = new byte[length];
                Arrays.fill(bytes, (byte) 0x1c);
                IntStream.range(at, length).forEach(i -> bytes[i] = (byte) (0x1d + (i & 1)));
                assertThat(ControlBytes.indexIn(Unpooled.wrappedBuffer(bytes), 0, length))
                        .isEqualTo(at);
                assertThat(ControlBytes.indexIn(Unpooled.wrappedBuffer(bytes), 0, at))
                        .isEqualTo(-1);
            }
        }
    }

    private static byte[] frameOf(int length) {
        byte[] frame = new byte[length + 3];
        Arrays.fill(frame, (byte) 0xa5);
        frame[0] = ControlBytes.FRAME;
        frame[frame.length - 1] = ControlBytes.FRAME;
        return frame;
    }
}
