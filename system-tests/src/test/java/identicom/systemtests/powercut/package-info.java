/** What was acknowledged is on the disk, not only in its cache: the system over a disk that forgets at a cut what was not synced. */
@NullMarked
package identicom.systemtests.powercut;

import org.jspecify.annotations.NullMarked;
