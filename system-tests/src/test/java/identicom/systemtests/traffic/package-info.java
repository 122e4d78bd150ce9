/** Units and people that go on with their work while something is broken. */
@NullMarked
package identicom.systemtests.traffic;

import org.jspecify.annotations.NullMarked;
