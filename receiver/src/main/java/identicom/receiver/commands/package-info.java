/** Which commands wait for units, as a station knows it. */
@NullMarked
package identicom.receiver.commands;

import org.jspecify.annotations.NullMarked;
