package identicom.simulator.picture;

import java.time.Instant;
import java.time.ZoneOffset;

/**
 * The light of an hour.
 *
 * @param height of the sun, -1 at midnight, 0 at six, 1 at noon
 * @param hour 0..24
 */
record Light(double height, double hour) {
    private static final double SECONDS_AN_HOUR = 3600;
    private static final double NIGHT = -0.25;
    private static final double DAY = 0.35;
    private static final int DARK = 0x0a1020;

    static Light at(Instant time) {
        double hour = time.atZone(ZoneOffset.UTC).toLocalTime().toSecondOfDay() / SECONDS_AN_HOUR;
        return new Light(Math.sin((hour - 6) / 12 * Math.PI), hour);
    }

    int skyTop() {
        return sky(0x060b1c, 0x33447c, 0x3f86d2);
    }

    int skyHorizon() {
        return sky(0x17233f, 0xf2a35e, 0xd3e6f4);
    }

    int cloud() {
        return sky(0x1c2740, 0xd99a86, 0xffffff);
    }

    /** A thing's colour in this light. */
    int on(int colour) {
        double dark = Math.clamp((DAY - height) / (DAY - NIGHT), 0, 1) * 0.78;
        return Colours.mix(colour, DARK, dark);
    }

    boolean night() {
        return height < NIGHT;
    }

    /** Whether people have their lamps on. */
    boolean lamps() {
        return height < 0.15;
    }

    private int sky(int night, int dusk, int day) {
        return height < 0 ? Colours.mix(dusk, night, height / NIGHT) : Colours.mix(dusk, day, height / DAY);
    }
}
