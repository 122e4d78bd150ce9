/** One session with a unit as a pure machine: (state, input, now) to state and effects. May use only wire's messages and faults; no Netty, no Kafka, no clock. */
@NullMarked
package identicom.receiver.session;

import org.jspecify.annotations.NullMarked;
