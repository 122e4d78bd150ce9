package identicom.mediaservice.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PiecesTest {
    private static final int SIZE = 300;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void whateverOverlapsWhatCameLastStaysAndNothingIsThereTwice(long seed) {
        Random random = new Random(seed);
        Pieces pieces = new Pieces();
        byte[] model = new byte[SIZE];
        boolean[] there = new boolean[SIZE];
        for (int i = 0; i < 60; i++) {
            byte[] data = new byte[random.nextInt(1, 30)];
            random.nextBytes(data);
            int start = random.nextInt(SIZE - data.length);
            pieces.add(start, data);
            for (int at = 0; at < data.length; at++) {
                model[start + at] = data[at];
                there[start + at] = true;
            }
            check(pieces, model, there);
        }
    }

    private static void check(Pieces pieces, byte[] model, boolean[] there) {
        boolean[] found = new boolean[SIZE];
        int end = -1;
        for (Pieces.Piece run : pieces.runs()) {
            assertThat(run.start()).isGreaterThan(end);
            for (int at = 0; at < run.data().length; at++) {
                found[run.start() + at] = true;
                assertThat(run.data()[at]).isEqualTo(model[run.start() + at]);
            }
            end = run.end();
        }
        assertThat(found).isEqualTo(there);
        int bytes = 0;
        for (boolean one : there) {
            bytes += one ? 1 : 0;
        }
        assertThat(pieces.size()).isEqualTo(bytes);
    }
}
