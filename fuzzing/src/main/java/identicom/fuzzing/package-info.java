/** Targets are what modules bring; what is here runs them: by Jazzer, over the inputs kept, and for what they allocate. Uses no module of ours. */
@NullMarked
package identicom.fuzzing;

import org.jspecify.annotations.NullMarked;
