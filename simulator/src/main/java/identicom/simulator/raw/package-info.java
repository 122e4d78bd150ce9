/** A socket driven by hand, for tests that care about single bytes. May use wire. */
@NullMarked
package identicom.simulator.raw;

import org.jspecify.annotations.NullMarked;
