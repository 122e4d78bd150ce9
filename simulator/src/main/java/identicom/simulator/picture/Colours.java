package identicom.simulator.picture;

/** Colours as {@code 0xrrggbb}. */
final class Colours {
    private static final int CHANNELS = 3;

    private Colours() {}

    /** {@code share} of {@code over}, the rest of {@code under}; {@code share} is cut to 0..1. */
    static int mix(int under, int over, double share) {
        double part = Math.clamp(share, 0, 1);
        int mixed = 0;
        for (int channel = 0; channel < CHANNELS; channel++) {
            int shift = channel * Byte.SIZE;
            double value = ((under >> shift) & 0xff) * (1 - part) + ((over >> shift) & 0xff) * part;
            mixed |= (int) Math.round(value) << shift;
        }
        return mixed;
    }

    /** Each channel brighter by {@code amount}, or darker. */
    static int shift(int colour, int amount) {
        int shifted = 0;
        for (int channel = 0; channel < CHANNELS; channel++) {
            int at = channel * Byte.SIZE;
            shifted |= Math.clamp(((colour >> at) & 0xff) + amount, 0, 255) << at;
        }
        return shifted;
    }
}
