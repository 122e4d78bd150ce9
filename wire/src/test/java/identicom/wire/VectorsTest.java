package identicom.wire;

import static org.assertj.core.api.Assertions.assertThat;

import identicom.wire.codec.MessageEncoder;
import identicom.wire.message.Message;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VectorsTest {
    @ParameterizedTest
    @MethodSource("identicom.wire.Vector#all")
    void decodesWhole(Vector vector) {
        assertThat(new Peer(vector.direction()).read(vector.bytes()).end()).isEqualTo(vector.decoded());
    }

    @ParameterizedTest
    @MethodSource("identicom.wire.Vector#all")
    void decodesTheSameInPiecesOfAnySize(Vector vector) {
        for (int size : new int[] {1, 2, 3, 7, 8, 9, 64, 500, 1024, 1400}) {
            assertThat(new Peer(vector.direction())
                            .readInPieces(vector.bytes(), size)
                            .end())
                    .as("in pieces of %d", size)
                    .isEqualTo(vector.decoded());
        }
    }

    @ParameterizedTest
    @MethodSource("identicom.wire.Vector#all")
    void decodesTheSameAtEverySplit(Vector vector) {
        byte[] bytes = vector.bytes();
        for (int split = 0; split <= bytes.length; split++) {
            Peer peer = new Peer(vector.direction()).read(bytes, 0, split).read(bytes, split, bytes.length);
            assertThat(peer.end()).as("split at %d", split).isEqualTo(vector.decoded());
        }
    }

    @ParameterizedTest
    @MethodSource("identicom.wire.Vector#all")
    void endsInMessagesOrOneNamedFaultWithAnyBitFlipped(Vector vector) {
        byte[] bytes = vector.bytes();
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            List<String> whole = new Peer(vector.direction()).read(flipped).end();
            List<String> pieces =
                    new Peer(vector.direction()).readInPieces(flipped, 7).end();
            assertThat(pieces).as("bit %d", bit).isEqualTo(whole);
            assertThat(whole.stream().filter(line -> line.startsWith("!!"))).hasSizeLessThanOrEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("identicom.wire.Vector#all")
    void releasesEverythingWhenTheConnectionClosesAtAnyByte(Vector vector) {
        for (int end = 0; end < vector.bytes().length; end++) {
            new Peer(vector.direction())
                    .readInPieces(vector.bytes(), Math.max(1, end / 2))
                    .close();
            new Peer(vector.direction()).read(vector.bytes(), 0, end).close();
        }
    }

    @ParameterizedTest
    @MethodSource("identicom.wire.Vector#valid")
    void everyMessageEncodesToBytesThatDecodeToIt(Vector vector) {
        Peer peer = new Peer(vector.direction()).read(vector.bytes());
        for (Object message : peer.received()) {
            Peer again = new Peer(vector.direction()).read(MessageEncoder.frame((Message) message));
            assertThat(again.received()).containsExactly(message);
            again.close();
        }
        peer.close();
    }
}
