package identicom.simulator.picture;

import identicom.simulator.unit.Seeds;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.random.RandomGenerator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** A picture as a unit would take it: a landscape in the light of its hour, with serial number and time on it. */
public final class DrawnPicture {
    /** Pixels. */
    public static final int WIDTH = 640;

    /** Pixels. */
    public static final int HEIGHT = 480;

    private static final float QUALITY = 0.8f;
    private static final int MARGIN = 20;
    private static final int DOT = 4;
    private static final int LETTERS = 0xf4f4ec;
    private static final int BAND = 0x101418;
    private static final double BAND_STRENGTH = 0.62;
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    private DrawnPicture() {}

    /** A JPEG file of some 30 to 60 kB; the same bytes for the same arguments. */
    public static byte[] jpeg(String serial, Instant takenAt, long seed) {
        RandomGenerator random = Seeds.random(seed, serial + " picture");
        Canvas canvas = new Canvas(WIDTH * Canvas.FINENESS, HEIGHT * Canvas.FINENESS);
        new Scene(canvas, Light.at(takenAt), random).draw();
        stamp(canvas, serial, STAMP.format(takenAt));
        return encode(canvas.image(random));
    }

    private static void stamp(Canvas canvas, String serial, String time) {
        int line = DotFont.HEIGHT * DOT;
        int top = canvas.height() - line - 2 * MARGIN;
        canvas.veil(0, top, canvas.width(), canvas.height(), BAND, BAND_STRENGTH);
        DotFont.write(canvas, MARGIN, top + MARGIN, DOT, serial, LETTERS);
        DotFont.write(canvas, canvas.width() - MARGIN - DotFont.width(time, DOT), top + MARGIN, DOT, time, LETTERS);
    }

    private static byte[] encode(BufferedImage image) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionQuality(QUALITY);
            writer.write(null, new IIOImage(image, null, null), how);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
