/** The HTTP interface of alerts. May use everything of this service. */
@NullMarked
package identicom.alertservice.http;

import org.jspecify.annotations.NullMarked;
