/** Bytes to text that a person reads, for the decode command. May use everything in wire. */
@NullMarked
package identicom.wire.decode;

import org.jspecify.annotations.NullMarked;
