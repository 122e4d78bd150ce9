/** Units, users, signing keys. May use schema and runtime. */
@NullMarked
package identicom.fleetservice;

import org.jspecify.annotations.NullMarked;
