/** The way of an alert from the unit to a person: its times, and how fast alerts are taken up. May use {@code store}, {@code view}, {@code timer} and below. */
@NullMarked
package identicom.alertservice.journey;

import org.jspecify.annotations.NullMarked;
