/** Many units in one process: scenarios, progress and summary. May use unit, line and wire. */
@NullMarked
package identicom.simulator.fleet;

import org.jspecify.annotations.NullMarked;
