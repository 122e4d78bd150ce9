/** Frames to messages and messages to bytes (docs/protocol.md, section 2): the only place that knows a type byte or an offset. May use frame, fault, message and Netty. */
@NullMarked
package identicom.wire.codec;

import org.jspecify.annotations.NullMarked;
