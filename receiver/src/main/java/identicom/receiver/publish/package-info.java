/** From a session to Kafka: a queue, a thread and a producer for each way out, and whether the clusters answer. May use metrics, session, schema, runtime, the Kafka client. */
@NullMarked
package identicom.receiver.publish;

import org.jspecify.annotations.NullMarked;
