/** Real brokers and databases for the tests of every module. */
@NullMarked
package identicom.testing;

import org.jspecify.annotations.NullMarked;
