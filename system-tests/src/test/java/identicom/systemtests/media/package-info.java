/**
 * media-service as a process of its own between a broker and a database of the test's own. What stands on its topic, in its folder and
 * in its index is its outside here, so this package knows the records.
 */
@NullMarked
package identicom.systemtests.media;

import org.jspecify.annotations.NullMarked;
