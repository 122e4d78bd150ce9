/** Critical events as this service sees them, read from the records of Kafka. May use schema, nothing else of this service. */
@NullMarked
package identicom.alertservice.event;

import org.jspecify.annotations.NullMarked;
