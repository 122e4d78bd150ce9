/** The whole system in one process: data folder, embedded clusters and database, services. May use process. */
@NullMarked
package identicom.standalone.system;

import org.jspecify.annotations.NullMarked;
