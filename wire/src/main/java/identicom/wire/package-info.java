/** Bytes to frames to messages and back: the unit protocol (docs/protocol.md) as code. No I/O; may use only netty-buffer and netty-codec. */
@NullMarked
package identicom.wire;

import org.jspecify.annotations.NullMarked;
