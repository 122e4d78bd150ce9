/** From audit records to rows of the audit trail and back. */
@NullMarked
package identicom.logservice.audit;

import org.jspecify.annotations.NullMarked;
