package identicom.simulator.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DrawnPictureTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final Instant MIDNIGHT = Instant.parse("2026-06-02T00:00:00Z");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, -4, Long.MAX_VALUE})
    void isAJpegThatAnybodyReads(long seed) throws IOException {
        byte[] jpeg = DrawnPicture.jpeg("DEMO-000042", NOON, seed);

        assertThat(jpeg).startsWith(0xff, 0xd8, 0xff).hasSizeBetween(20_000, 80_000);
        BufferedImage image = read(jpeg);
        assertThat(image.getWidth()).isEqualTo(DrawnPicture.WIDTH);
        assertThat(image.getHeight()).isEqualTo(DrawnPicture.HEIGHT);
    }

    @Test
    void isTheSameForTheSameArgumentsOnly() {
        byte[] picture = DrawnPicture.jpeg("DEMO-1", NOON, 5);

        assertThat(DrawnPicture.jpeg("DEMO-1", NOON, 5)).isEqualTo(picture);
        assertThat(DrawnPicture.jpeg("DEMO-1", NOON, 6)).isNotEqualTo(picture);
        assertThat(DrawnPicture.jpeg("DEMO-2", NOON, 5)).isNotEqualTo(picture);
        assertThat(DrawnPicture.jpeg("DEMO-1", NOON.plusSeconds(1), 5)).isNotEqualTo(picture);
    }

    @Test
    void theSkyIsBrightAtNoonAndDarkAtMidnight() throws IOException {
        assertThat(skyBrightness(read(DrawnPicture.jpeg("DEMO-1", NOON, 5)))).isGreaterThan(120);
        assertThat(skyBrightness(read(DrawnPicture.jpeg("DEMO-1", MIDNIGHT, 5))))
                .isLessThan(60);
    }

    @Test
    void serialAndTimeStandInABandOfLightLettersAtTheBottom() throws IOException {
        BufferedImage image = read(DrawnPicture.jpeg("DEMO-1", MIDNIGHT, 5));
        int bright = 0;
        for (int x = 0; x < image.getWidth(); x++) {
            for (int y = DrawnPicture.HEIGHT - 26; y < DrawnPicture.HEIGHT; y++) {
                bright += brightness(image.getRGB(x, y)) > 170 ? 1 : 0;
            }
        }
        assertThat(bright).isGreaterThan(500);
    }

    private static BufferedImage read(byte[] jpeg) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(jpeg));
    }

    private static double skyBrightness(BufferedImage image) {
        double sum = 0;
        for (int x = 0; x < image.getWidth(); x++) {
            sum += brightness(image.getRGB(x, 20));
        }
        return sum / image.getWidth();
    }

    private static int brightness(int rgb) {
        return ((rgb >> 16 & 0xff) + (rgb >> 8 & 0xff) + (rgb & 0xff)) / 3;
    }
}
