/**
 * Who is told of an alert, in which order and when: policies, and the chain of each alert. May use {@code notify} and
 * what it may use.
 */
@NullMarked
package identicom.alertservice.escalation;

import org.jspecify.annotations.NullMarked;
