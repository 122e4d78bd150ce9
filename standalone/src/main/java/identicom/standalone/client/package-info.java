/** The system's HTTP interface as commands use it. Uses no other package of this module. */
@NullMarked
package identicom.standalone.client;

import org.jspecify.annotations.NullMarked;
