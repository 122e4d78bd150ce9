/** The canary: a unit whose emergencies are tests of the whole way. May use {@code store}, {@code view}, {@code timer} and below. */
@NullMarked
package identicom.alertservice.canary;

import org.jspecify.annotations.NullMarked;
