/** Real Kafka brokers and a real PostgreSQL as child processes, and below it an SMSC. Uses no module of ours. */
@NullMarked
package identicom.embedded;

import org.jspecify.annotations.NullMarked;
