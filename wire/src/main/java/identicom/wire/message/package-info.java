/** What unit and station say to each other, as values: no bytes' positions, no framing, no Netty. Uses nothing but the JDK. */
@NullMarked
package identicom.wire.message;

import org.jspecify.annotations.NullMarked;
