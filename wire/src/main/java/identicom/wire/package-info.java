/**
 * The unit protocol (docs/protocol.md) as code: bytes to frames to messages and back. No I/O; may use only the JDK, netty-buffer
 * and netty-codec.
 *
 * <pre>
 *   bytes ─▶ frame.FrameDecoder ─▶ Frame ─▶ codec.MessageInbound ─▶ message.FromUnit (station) or ToUnit (unit)
 *   bytes ◀──────────────────────────────── codec.MessageOutbound ◀─ message.ToUnit (station) or FromUnit (unit)
 * </pre>
 *
 * <ul>
 *   <li>{@code message}: what is said, as records; {@link identicom.wire.message.Message} is the start
 *   <li>{@code frame}: framing, and nothing of the messages; {@code FrameReader} does it without a channel
 *   <li>{@code codec}: every type byte and every offset, once
 *   <li>{@code fault}: everything that can be wrong, named, with the byte where it stands
 *   <li>{@code event}: the catalogue of event codes
 *   <li>{@code decode}: bytes as text for a person
 * </ul>
 */
@NullMarked
package identicom.wire;

import org.jspecify.annotations.NullMarked;
