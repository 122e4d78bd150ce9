package identicom.simulator.unit;

import identicom.wire.message.EventEntry;

/**
 * An event as one unit has it. With the unit's serial number it is the event's identity.
 *
 * @param logId 0..32767, of the memory that held it
 * @param event its 20 bytes
 */
public record Entry(int logId, EventEntry event) {}
