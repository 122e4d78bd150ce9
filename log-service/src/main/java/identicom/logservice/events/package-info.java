/** From event records to rows of the event log and back: decoding, storing once, partitions, querying. */
@NullMarked
package identicom.logservice.events;

import org.jspecify.annotations.NullMarked;
