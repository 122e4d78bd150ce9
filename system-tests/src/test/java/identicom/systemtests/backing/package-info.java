/** A broker and a database of the test's own, for one service as a process between them. */
@NullMarked
package identicom.systemtests.backing;

import org.jspecify.annotations.NullMarked;
