/** The units' sockets: connection bounds, PROXY protocol, pipeline, and the session machine applied to Netty. May use session, publish, whitelist, progress, metrics, wire, schema, runtime and Netty. */
@NullMarked
package identicom.receiver.server;

import org.jspecify.annotations.NullMarked;
