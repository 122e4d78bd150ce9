/** What people did, told to the audit trail through the outbox. May use storage. */
@NullMarked
package identicom.fleetservice.audit;

import org.jspecify.annotations.NullMarked;
