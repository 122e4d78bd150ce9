/** Blocks to pictures: decoding, putting together, checking, storing. May use index and store. */
@NullMarked
package identicom.mediaservice.assembly;

import org.jspecify.annotations.NullMarked;
