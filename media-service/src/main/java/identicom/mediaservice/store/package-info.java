/** Where the bytes of whole pictures stand: a small port, and a shared folder behind it. Knows no database. Uses no other package of this module. */
@NullMarked
package identicom.mediaservice.store;

import org.jspecify.annotations.NullMarked;
