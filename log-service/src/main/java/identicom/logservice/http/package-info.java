/** The event log and the audit trail over HTTP: parameters, pages, exports. */
@NullMarked
package identicom.logservice.http;

import org.jspecify.annotations.NullMarked;
