/** Stream of bytes to frames: start, type, unstuffed data, end (docs/protocol.md, section 1). Knows no message. May use fault and Netty. */
@NullMarked
package identicom.wire.frame;

import org.jspecify.annotations.NullMarked;
