/** The chart against the real helm, Kubernetes' own models, and the programs that it runs. */
@NullMarked
package identicom.helm;

import org.jspecify.annotations.NullMarked;
