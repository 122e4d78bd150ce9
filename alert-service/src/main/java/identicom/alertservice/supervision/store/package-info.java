/** Supervised units, stations and losses in PostgreSQL: batches in a few statements. May use {@code rule}. */
@NullMarked
package identicom.alertservice.supervision.store;

import org.jspecify.annotations.NullMarked;
