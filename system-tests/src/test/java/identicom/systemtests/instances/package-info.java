/** Several instances of each service side by side, as processes of their own, and what becomes of the work when some of them die. */
@NullMarked
package identicom.systemtests.instances;

import org.jspecify.annotations.NullMarked;
