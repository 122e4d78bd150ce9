/** Reading from and writing to the two Kafka clusters: loops, followers, the outbox's relay, topics. May use config, process, tracing and schema. */
@NullMarked
package identicom.runtime.kafka;

import org.jspecify.annotations.NullMarked;
