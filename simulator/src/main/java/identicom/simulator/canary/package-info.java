/** A unit whose emergencies are tests of the whole way. May use {@code line} and {@code unit}. */
@NullMarked
package identicom.simulator.canary;

import org.jspecify.annotations.NullMarked;
