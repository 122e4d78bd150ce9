/** Work done again and again by threads of this service. Uses nothing of this service. */
@NullMarked
package identicom.alertservice.timer;

import org.jspecify.annotations.NullMarked;
