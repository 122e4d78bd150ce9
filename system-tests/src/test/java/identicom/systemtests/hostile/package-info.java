/** What people who mean harm send to a running system, and what the others notice of it. */
@NullMarked
package identicom.systemtests.hostile;

import org.jspecify.annotations.NullMarked;
