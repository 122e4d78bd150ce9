/** The rules of supervision, without a database or a broker: times are microseconds by the stations' clocks. */
@NullMarked
package identicom.alertservice.supervision.rule;

import org.jspecify.annotations.NullMarked;
