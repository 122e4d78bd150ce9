/** Connection pools. May use config and process. */
@NullMarked
package identicom.runtime.db;

import org.jspecify.annotations.NullMarked;
