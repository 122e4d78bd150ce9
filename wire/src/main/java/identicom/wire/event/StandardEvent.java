package identicom.wire.event;

import static identicom.wire.event.EventClass.CRITICAL;
import static identicom.wire.event.EventClass.HIGH;
import static identicom.wire.event.EventClass.ROUTINE;

/** The events that the protocol names (docs/protocol.md, section 2.3), each with the class it has unless configured. */
public enum StandardEvent {
    STATUS_CHECK(0x20, "status check", ROUTINE),
    POSITION_REPORT(0x21, "position report", ROUTINE),
    SWITCHED_ON(0x22, "switched on", ROUTINE),
    SWITCHED_OFF(0x23, "switched off", ROUTINE),
    AMBER_ALERT_STARTED(0x24, "amber alert started", HIGH),
    AMBER_ALERT_ENDED(0x25, "amber alert ended", ROUTINE),
    AMBER_ALERT_EXPIRED(0x26, "amber alert expired", CRITICAL),
    CHARGER_CONNECTED(0x30, "charger connected", ROUTINE),
    CHARGER_DISCONNECTED(0x31, "charger disconnected", ROUTINE),
    BATTERY_LOW(0x32, "battery low", HIGH),
    RED_ALERT(0x3a, "red alert", CRITICAL),
    MAN_DOWN(0x3b, "man down", CRITICAL, CRITICAL),
    MAN_DOWN_CLEARED(0x3c, "man down cleared by wearer", HIGH),
    LANYARD_PIN_REMOVED(0x48, "lanyard pin removed", CRITICAL, CRITICAL),
    LANYARD_PIN_REPLACED(0x49, "lanyard pin replaced", ROUTINE),
    PICTURE_TAKEN(0x50, "picture taken", ROUTINE),
    EVENT_LOG_OVERFLOWED(0x60, "event log overflowed", HIGH);

    private final int code;
    private final String title;
    private final EventClass standardClass;
    private final EventClass floor;

    StandardEvent(int code, String title, EventClass standardClass) {
        this(code, title, standardClass, ROUTINE);
    }

    StandardEvent(int code, String title, EventClass standardClass, EventClass floor) {
        this.code = code;
        this.title = title;
        this.standardClass = standardClass;
        this.floor = floor;
    }

    /** u8: as in an event log entry. */
    public int code() {
        return code;
    }

    /** The name in words, lower case. */
    public String title() {
        return title;
    }

    public EventClass standardClass() {
        return standardClass;
    }

    /** The class below which no configuration can put it. */
    public EventClass floor() {
        return floor;
    }
}
