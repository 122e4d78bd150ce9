/** Whether both clusters carry the same critical events. May use store and below. */
@NullMarked
package identicom.alertservice.agreement;

import org.jspecify.annotations.NullMarked;
