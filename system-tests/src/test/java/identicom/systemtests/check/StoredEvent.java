package identicom.systemtests.check;

import com.fasterxml.jackson.databind.JsonNode;
import identicom.wire.message.EventEntry;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * An event's identity, as a unit has it and as the event log tells it: the 20 bytes are put together again from the fields.
 * (Simulated units have their clock set and no position but a valid one, so that nothing of them is lost on the way.)
 */
record StoredEvent(String serial, int logId, EventEntry event) {
    private static final int DEGREES_E7 = 7;

    static StoredEvent of(JsonNode item) {
        JsonNode position = item.get("position");
        boolean valid = !position.isNull();
        EventEntry event = EventEntry.of(
                item.get("sequence").asLong(),
                Instant.parse(item.get("time").asText()).getEpochSecond(),
                Integer.parseInt(item.get("type").asText(), 16),
                valid ? EventEntry.FLAG_POSITION_VALID : 0,
                valid ? e7(position.get("lat")) : 0,
                valid ? e7(position.get("lon")) : 0,
                item.get("battery").isNull()
                        ? EventEntry.BATTERY_UNKNOWN
                        : item.get("battery").asInt(),
                item.get("signal").isNull()
                        ? EventEntry.SIGNAL_UNKNOWN
                        : item.get("signal").asInt());
        return new StoredEvent(item.get("serial").asText(), item.get("log").asInt(), event);
    }

    private static int e7(JsonNode degrees) {
        return new BigDecimal(degrees.asText()).movePointRight(DEGREES_E7).intValueExact();
    }
}
