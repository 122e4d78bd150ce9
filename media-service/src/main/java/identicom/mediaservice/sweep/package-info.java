/** Keeps index and store in agreement. May use index and store. */
@NullMarked
package identicom.mediaservice.sweep;

import org.jspecify.annotations.NullMarked;
