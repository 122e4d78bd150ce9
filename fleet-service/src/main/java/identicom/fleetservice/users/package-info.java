/** Users, their passwords and login. May use tokens, storage and audit. */
@NullMarked
package identicom.fleetservice.users;

import org.jspecify.annotations.NullMarked;
