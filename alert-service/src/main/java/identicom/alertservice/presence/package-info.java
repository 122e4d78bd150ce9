/** Who has a live stream of alerts and who has logged out, so that nobody holds an alert who is not there. May use {@code store}. */
@NullMarked
package identicom.alertservice.presence;

import org.jspecify.annotations.NullMarked;
