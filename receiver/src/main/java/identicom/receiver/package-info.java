/** The station: Netty server, whitelist, session, durable publishing. May use wire, schema and runtime. */
@NullMarked
package identicom.receiver;

import org.jspecify.annotations.NullMarked;
