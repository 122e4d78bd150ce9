/** What crosses a process boundary: Kafka topics and records, database migrations and roles. */
@NullMarked
package identicom.schema;

import org.jspecify.annotations.NullMarked;
