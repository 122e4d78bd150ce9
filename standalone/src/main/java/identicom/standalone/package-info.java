/** The identicom command and the whole system in one process. */
@NullMarked
package identicom.standalone;

import org.jspecify.annotations.NullMarked;
