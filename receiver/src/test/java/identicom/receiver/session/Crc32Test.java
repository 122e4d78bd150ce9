package identicom.receiver.session;

import static org.assertj.core.api.Assertions.assertThat;

import identicom.wire.message.Octets;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class Crc32Test {
    private static final byte[] CHECK = "123456789".getBytes(StandardCharsets.US_ASCII);

    @Test
    void itIsTheIeeeOne() {
        assertThat(Crc32.of(0, Octets.of(CHECK))).isEqualTo(0xcbf4_3926L);
        assertThat(Crc32.of(0, Octets.EMPTY)).isZero();
        assertThat(Crc32.of(0, Octets.of((byte) 0))).isEqualTo(0xd202_ef8dL);
    }

    @Test
    void itGoesOnFromAnyEarlierValue() {
        for (int cut = 0; cut <= CHECK.length; cut++) {
            long before = Crc32.of(0, Octets.of(Arrays.copyOf(CHECK, cut)));
            assertThat(Crc32.of(before, Octets.of(Arrays.copyOfRange(CHECK, cut, CHECK.length))))
                    .isEqualTo(0xcbf4_3926L);
        }
    }

    @Test
    void itAgreesWithTheLibrarysOverManyBlocks() {
        SplittableRandom random = new SplittableRandom(7);
        java.util.zip.CRC32 library = new java.util.zip.CRC32();
        long running = 0;
        for (int block = 0; block < 200; block++) {
            byte[] bytes = new byte[random.nextInt(1, 1019)];
            random.nextBytes(bytes);
            library.update(bytes);
            running = Crc32.of(running, Octets.of(bytes));
            assertThat(running).isEqualTo(library.getValue());
        }
    }
}
