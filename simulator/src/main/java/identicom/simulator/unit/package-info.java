/** One unit as the protocol describes it: log, clock, answers, redial rule, and a journal of what really happened. No sockets. May use wire. */
@NullMarked
package identicom.simulator.unit;

import org.jspecify.annotations.NullMarked;
