/** One class for each command of {@code ./identicom}. May use process, system, client and doctor. */
@NullMarked
package identicom.standalone.command;

import org.jspecify.annotations.NullMarked;
