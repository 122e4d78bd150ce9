/**
 * The ways by which people outside the page are told of an alert: the text, the channels, and the outbox whose workers
 * hand it over. May use {@code alert}, {@code store}, {@code view} and {@code timer}.
 */
@NullMarked
package identicom.alertservice.notify;

import org.jspecify.annotations.NullMarked;
