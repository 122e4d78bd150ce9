/** The units' journals in a file, flushed before a unit speaks. May use unit and wire. */
@NullMarked
package identicom.simulator.journal;

import org.jspecify.annotations.NullMarked;
