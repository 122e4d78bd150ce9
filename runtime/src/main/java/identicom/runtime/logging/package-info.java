/** What the logs look like. May use config. */
@NullMarked
package identicom.runtime.logging;

import org.jspecify.annotations.NullMarked;
