/** Standalone as a process of its own, its children, its HTTP interface and its alert stream. */
@NullMarked
package identicom.systemtests.harness;

import org.jspecify.annotations.NullMarked;
