/** What units logged and were told to delete, against what the system stored and raised. */
@NullMarked
package identicom.systemtests.check;

import org.jspecify.annotations.NullMarked;
