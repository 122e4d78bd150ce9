/** The whitelist's master: the units as people set them, and how they are shown. May use storage and audit. */
@NullMarked
package identicom.fleetservice.units;

import org.jspecify.annotations.NullMarked;
