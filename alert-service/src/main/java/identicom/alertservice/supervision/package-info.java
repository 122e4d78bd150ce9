/** Units that should have called and have not. May use {@code store}, {@code alert} and {@code timer}. */
@NullMarked
package identicom.alertservice.supervision;

import org.jspecify.annotations.NullMarked;
