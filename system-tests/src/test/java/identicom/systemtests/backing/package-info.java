/** A broker and a database of the test's own, for stations and services as processes between them. */
@NullMarked
package identicom.systemtests.backing;

import org.jspecify.annotations.NullMarked;
