package identicom.alertservice.event;

import identicom.schema.v1.Event;

/**
 * A man-down that its wearer has cleared, in any class below critical: it closes nothing and rings nobody.
 *
 * @param record as its topic carries it
 */
public record ManDownCleared(CriticalEvent event, Event record) {

    static final int TYPE_CODE = 0x3c;
}
