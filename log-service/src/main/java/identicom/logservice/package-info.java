/** The event log and the audit trail. May use schema and runtime. */
@NullMarked
package identicom.logservice;

import org.jspecify.annotations.NullMarked;
