/** How the system as a whole is: database, clusters, consumers' lag, stations. May use storage. */
@NullMarked
package identicom.fleetservice.overview;

import org.jspecify.annotations.NullMarked;
