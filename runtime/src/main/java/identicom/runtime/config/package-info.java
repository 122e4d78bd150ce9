/** Configuration keys and the values a process was started with. May use only the JDK. */
@NullMarked
package identicom.runtime.config;

import org.jspecify.annotations.NullMarked;
