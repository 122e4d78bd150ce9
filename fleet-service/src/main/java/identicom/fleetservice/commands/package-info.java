/** Commands to units: asked for by people, sent by stations, answered by units. May use units, storage and audit. */
@NullMarked
package identicom.fleetservice.commands;

import org.jspecify.annotations.NullMarked;
