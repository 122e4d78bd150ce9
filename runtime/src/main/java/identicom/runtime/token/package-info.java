/** Tokens checked offline by public keys that are followed from identicom.keys. May use http (identity), kafka and process. */
@NullMarked
package identicom.runtime.token;

import org.jspecify.annotations.NullMarked;
