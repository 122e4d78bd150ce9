/** The container image, from its tar: what is in it, and its programs in the surroundings that a pod gives them. */
@NullMarked
package identicom.image;

import org.jspecify.annotations.NullMarked;
