/** The demonstration: who wears the units, where, and what happens to them. Uses the simulator, and no command. */
@NullMarked
package identicom.standalone.demo;

import org.jspecify.annotations.NullMarked;
