/** What can be wrong with bytes from a peer, each with a name and the place where it stands. Uses nothing but the JDK. */
@NullMarked
package identicom.wire.fault;

import org.jspecify.annotations.NullMarked;
