/** A server that only pretends: the page's files and made-up answers, for what a real system does not show on demand. May use {@code harness}. */
@NullMarked
package identicom.systemtests.pretend;

import org.jspecify.annotations.NullMarked;
