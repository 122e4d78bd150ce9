/** What every process has: the order of starting and stopping, health, metrics. May use tracing, the JDK and Micrometer. */
@NullMarked
package identicom.runtime.process;

import org.jspecify.annotations.NullMarked;
