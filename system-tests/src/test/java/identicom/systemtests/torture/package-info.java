/** Seeded schedules of real faults against an installation of real processes. Sees the system from outside, and its processes by {@code backing}. */
@NullMarked
package identicom.systemtests.torture;

import org.jspecify.annotations.NullMarked;
