/** The index of pictures in PostgreSQL, their parts, and the lock under which index and store change together. May use store. */
@NullMarked
package identicom.mediaservice.index;

import org.jspecify.annotations.NullMarked;
