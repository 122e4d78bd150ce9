/** Which serials are ours: followed, looked up, and kept on disk. May use session's verdict, metrics, schema, runtime, wire's serial rules, the Kafka record type and JDBC. */
@NullMarked
package identicom.receiver.whitelist;

import org.jspecify.annotations.NullMarked;
