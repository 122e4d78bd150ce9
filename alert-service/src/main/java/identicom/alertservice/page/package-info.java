/** Serves the control room's files. May use nothing else of this service. */
@NullMarked
package identicom.alertservice.page;

import org.jspecify.annotations.NullMarked;
