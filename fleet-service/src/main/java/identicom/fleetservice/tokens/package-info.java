/** Signing keys, signed tokens and their revocation. May use storage. */
@NullMarked
package identicom.fleetservice.tokens;

import org.jspecify.annotations.NullMarked;
