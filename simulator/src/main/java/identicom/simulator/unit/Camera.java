package identicom.simulator.unit;

import java.time.Instant;

/** Takes a unit's pictures. */
@FunctionalInterface
public interface Camera {
    /** What the unit with this serial number sees. The same for the same arguments. */
    byte[] picture(String serial, Instant now, long seed);
}
