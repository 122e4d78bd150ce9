/** What every process started by {@code ./identicom} has: its keys, its end, its readiness. Uses no other package of this module. */
@NullMarked
package identicom.standalone.process;

import org.jspecify.annotations.NullMarked;
