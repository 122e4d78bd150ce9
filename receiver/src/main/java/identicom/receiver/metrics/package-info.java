/** Everything the station counts. May use session's and wire's enums as labels, and runtime. */
@NullMarked
package identicom.receiver.metrics;

import org.jspecify.annotations.NullMarked;
