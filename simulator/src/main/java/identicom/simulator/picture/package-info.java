/** What a unit's camera sees: drawn landscapes as real JPEG files, without a font or a screen. May use unit for its random numbers. */
@NullMarked
package identicom.simulator.picture;

import org.jspecify.annotations.NullMarked;
