/** Takes a person out of the rows that stay, as the databases' owner. May use {@code identicom.schema}. */
@NullMarked
package identicom.schema.erasure;

import org.jspecify.annotations.NullMarked;
