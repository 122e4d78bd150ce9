/** The station in a world that is made up: one seeded scheduler, its clock, network, brokers, units and faults; and what must hold in it. */
@NullMarked
package identicom.receiver.simulation;

import org.jspecify.annotations.NullMarked;
