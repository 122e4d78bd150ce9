/** What the logs look like; the settings themselves are in the resource {@code logback.xml}. May use config. */
@NullMarked
package identicom.runtime.logging;

import org.jspecify.annotations.NullMarked;
