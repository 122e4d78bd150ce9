package identicom.simulator.line;

import java.util.OptionalLong;

/**
 * One session, as the unit saw it.
 *
 * @param end how it ended
 * @param connectNanos from dialling to the connection
 * @param firstRequestNanos from the connection to the station's first request
 * @param sessionNanos from dialling to the end
 * @param requests the station's messages
 */
public record SessionReport(
        SessionEnd end, OptionalLong connectNanos, OptionalLong firstRequestNanos, long sessionNanos, int requests) {}
