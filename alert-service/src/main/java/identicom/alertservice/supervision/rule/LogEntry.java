package identicom.alertservice.supervision.rule;

/**
 * An entry of a unit's log.
 *
 * @param sequence unsigned
 * @param session that delivered it
 * @param acceptedUs when the station had read it
 */
public record LogEntry(int logId, long sequence, int code, String session, long acceptedUs) {}
