/** What operators do to a running system: backing it up and bringing it back from nothing, replacing it by its next build under traffic. */
@NullMarked
package identicom.systemtests.operations;

import org.jspecify.annotations.NullMarked;
