/** How any process here runs. May use only schema. */
@NullMarked
package identicom.runtime;

import org.jspecify.annotations.NullMarked;
