/** Alerts in PostgreSQL: taking events in, what people do, timers, the change log. May use {@code view} and below. */
@NullMarked
package identicom.alertservice.store;

import org.jspecify.annotations.NullMarked;
