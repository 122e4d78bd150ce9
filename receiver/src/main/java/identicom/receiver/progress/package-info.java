/** How far pictures are durable, as all stations wrote it down. May use session, schema, runtime, the Kafka client. */
@NullMarked
package identicom.receiver.progress;

import org.jspecify.annotations.NullMarked;
