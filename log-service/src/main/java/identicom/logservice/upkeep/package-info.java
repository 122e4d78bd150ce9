/** Work on the event log that is done again and again, by one instance at a time. Uses nothing of this service. */
@NullMarked
package identicom.logservice.upkeep;

import org.jspecify.annotations.NullMarked;
