/** Real Kafka brokers and a real PostgreSQL as child processes. Uses no module of ours. */
@NullMarked
package identicom.embedded;

import org.jspecify.annotations.NullMarked;
