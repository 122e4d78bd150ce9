/** The rules by which critical events become alerts: pure, without database, Kafka or clock. May use {@code event}. */
@NullMarked
package identicom.alertservice.alert;

import org.jspecify.annotations.NullMarked;
