package identicom.fleetservice.overview;

import identicom.schema.Topic;

/**
 * From how many records on a reader of a topic is behind.
 *
 * @param critical where emergencies come by: critical events, and what was not accepted
 * @param other of every other topic
 */
public record BacklogLimits(long critical, long other) {

    long of(Topic topic) {
        return switch (topic) {
            case EVENTS_CRITICAL, QUARANTINE -> critical;
            default -> other;
        };
    }
}
