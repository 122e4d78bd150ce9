/** That people are told of an emergency, whatever is killed meanwhile. */
@NullMarked
package identicom.systemtests.telling;

import org.jspecify.annotations.NullMarked;
