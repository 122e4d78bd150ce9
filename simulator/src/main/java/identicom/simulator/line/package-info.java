/** A unit's connection: Netty, delay and drop-outs as on GPRS. May use unit and wire. */
@NullMarked
package identicom.simulator.line;

import org.jspecify.annotations.NullMarked;
