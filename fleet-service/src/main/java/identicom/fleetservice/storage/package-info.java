/** Transactions over the schema {@code fleet} and its outbox. Uses no other package of this service. */
@NullMarked
package identicom.fleetservice.storage;

import org.jspecify.annotations.NullMarked;
