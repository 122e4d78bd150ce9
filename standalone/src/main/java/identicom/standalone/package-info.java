/** The {@code identicom} command. May use command. */
@NullMarked
package identicom.standalone;

import org.jspecify.annotations.NullMarked;
