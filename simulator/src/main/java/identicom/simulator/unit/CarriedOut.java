package identicom.simulator.unit;

import identicom.wire.message.Octets;

/**
 * A command that a unit did, or tried to do, once for its ticket.
 *
 * @param ticket u32
 * @param opcode u8
 * @param status u8: as it answered
 */
public record CarriedOut(long ticket, int opcode, Octets arguments, int status) {}
