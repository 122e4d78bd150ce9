/** Simulated units. May use wire. */
@NullMarked
package identicom.simulator;

import org.jspecify.annotations.NullMarked;
