/** Import of the whitelist from CSV. May use units, storage and audit. */
@NullMarked
package identicom.fleetservice.units.csv;

import org.jspecify.annotations.NullMarked;
