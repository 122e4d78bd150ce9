/** When and where each unit was last heard, from the event topics and the sessions. May use storage. */
@NullMarked
package identicom.fleetservice.presence;

import org.jspecify.annotations.NullMarked;
