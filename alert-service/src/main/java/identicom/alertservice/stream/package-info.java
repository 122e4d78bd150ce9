/** What every screen is told at once: the change log in memory, and critical events when the database does not answer. May use {@code store} and below. */
@NullMarked
package identicom.alertservice.stream;

import org.jspecify.annotations.NullMarked;
