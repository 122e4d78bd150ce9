package identicom.simulator.picture;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Pixels to draw on, finer than the picture that is made of them, so that edges come out smooth. Not thread safe. */
final class Canvas {
    /** Dots of the canvas to one of the picture, each way. */
    static final int FINENESS = 2;

    private static final int GRAIN = 5;

    private final int width;
    private final int height;
    private final int[] dots;

    Canvas(int width, int height) {
        this.width = width;
        this.height = height;
        this.dots = new int[width * height];
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** Rows from {@code top} to before {@code bottom}, from one colour to another. */
    void gradient(int top, int bottom, int upper, int lower) {
        for (int y = Math.max(0, top); y < Math.min(height, bottom); y++) {
            int colour = Colours.mix(upper, lower, (double) (y - top) / (bottom - top));
            Arrays.fill(dots, y * width, (y + 1) * width, colour);
        }
    }

    void box(double left, double top, double right, double bottom, int colour) {
        veil(left, top, right, bottom, colour, 1);
    }

    /** A box that what is behind it shines through. */
    void veil(double left, double top, double right, double bottom, int colour, double strength) {
        for (int y = (int) Math.max(0, top); y < Math.min(height, bottom); y++) {
            for (int x = (int) Math.max(0, left); x < Math.min(width, right); x++) {
                blend(x, y, colour, strength);
            }
        }
    }

    void disc(double x, double y, double radius, int colour, double strength) {
        ellipse(x, y, radius, radius, colour, strength);
    }

    void ellipse(double x, double y, double across, double down, int colour, double strength) {
        for (int row = (int) Math.max(0, y - down); row <= Math.min(height - 1, y + down); row++) {
            double rise = (row - y) / down;
            double half = across * Math.sqrt(Math.max(0, 1 - rise * rise));
            for (int at = (int) Math.max(0, x - half); at <= Math.min(width - 1, x + half); at++) {
                blend(at, row, colour, strength);
            }
        }
    }

    /** A polygon; its corners are x, y, x, y, …. */
    void polygon(int colour, double... corners) {
        int count = corners.length / 2;
        double[] crossings = new double[count];
        for (int y = 0; y < height; y++) {
            int found = 0;
            for (int i = 0; i < count; i++) {
                int next = (i + 1) % count;
                double fromY = corners[2 * i + 1];
                double toY = corners[2 * next + 1];
                if (fromY <= y != toY <= y) {
                    double part = (y - fromY) / (toY - fromY);
                    crossings[found++] = corners[2 * i] + part * (corners[2 * next] - corners[2 * i]);
                }
            }
            Arrays.sort(crossings, 0, found);
            for (int i = 0; i + 1 < found; i += 2) {
                box(crossings[i], y, crossings[i + 1], y + 1, colour);
            }
        }
    }

    /** The picture, with the grain of a small camera and darker towards its corners. */
    BufferedImage image(RandomGenerator random) {
        int across = width / FINENESS;
        int down = height / FINENESS;
        BufferedImage image = new BufferedImage(across, down, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < down; y++) {
            for (int x = 0; x < across; x++) {
                double fromX = (double) x / across - 0.5;
                double fromY = (double) y / down - 0.5;
                double corner = (fromX * fromX + fromY * fromY) * 50;
                image.setRGB(x, y, Colours.shift(mean(x, y), (int) (random.nextInt(-GRAIN, GRAIN + 1) - corner)));
            }
        }
        return image;
    }

    private int mean(int x, int y) {
        int row = y * FINENESS * width + x * FINENESS;
        int upper = Colours.mix(dots[row], dots[row + 1], 0.5);
        int lower = Colours.mix(dots[row + width], dots[row + width + 1], 0.5);
        return Colours.mix(upper, lower, 0.5);
    }

    private void blend(int x, int y, int colour, double strength) {
        int at = y * width + x;
        dots[at] = strength >= 1 ? colour : Colours.mix(dots[at], colour, strength);
    }
}
